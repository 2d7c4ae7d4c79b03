/** Collects the values of one statement and hands out their places: SQL never contains a value. */
export class Parameters {
  readonly values: unknown[] = [];

  /** `$n`, cast where PostgreSQL could not guess the type. */
  add(value: unknown, type?: string): string {
    this.values.push(value);
    return `$${this.values.length}${type ? `::${type}` : ''}`;
  }
}

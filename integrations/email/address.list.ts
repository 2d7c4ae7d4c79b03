import type { Address } from 'postal-mime';

/** Everybody in address fields, groups opened, without what is no address. */
export function flatten(fields: readonly (Address | undefined)[]): { name: string; address: string }[] {
  return fields
    .flatMap(field => (field?.group ? field.group : field ? [field as { name: string; address: string }] : []))
    .filter(({ address }) => /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,255}$/.test(address ?? ''));
}

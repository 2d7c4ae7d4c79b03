import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDate, GraphQLJSON } from 'graphql-scalars';
import { AppError } from '../errors.js';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

function parseInstant(value: unknown): Date {
  if (typeof value === 'string' && RFC_3339.test(value)) {
    const instant = new Date(value);
    // JavaScript rolls 31 February over into March; PostgreSQL and people call it a mistake.
    const day = Number(value.slice(8, 10));
    if (
      !Number.isNaN(instant.getTime()) &&
      day <= new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate()
    ) {
      // A date keeps milliseconds only; comparisons want what was written.
      return Object.assign(instant, { exact: value });
    }
  }
  throw new AppError('BAD_USER_INPUT', 'A DateTime is written as in 2026-11-22T12:00:00Z (RFC 3339).');
}

/** Rows already carry RFC 3339 text in UTC (see `Database.read`), so printing is free on the way out. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time, RFC 3339, in UTC: 2026-11-22T12:00:00Z.',
  serialize: value => (typeof value === 'string' ? value : (value as Date).toISOString()),
  parseValue: parseInstant,
  parseLiteral: (node: ValueNode) => parseInstant(node.kind === Kind.STRING ? node.value : null),
});

/** A calendar day. Rows carry it as text; see `DateTime`. */
export const CalendarDate = new GraphQLScalarType<Date | string, string>({
  ...GraphQLDate.toConfig(),
  name: 'Date',
  description: 'A calendar day, ISO 8601: 2026-11-22.',
  serialize: value => (typeof value === 'string' ? value : (value as Date).toISOString().slice(0, 10)),
  parseValue: value => GraphQLDate.parseValue(value).toISOString().slice(0, 10),
  parseLiteral: (node, variables) => GraphQLDate.parseLiteral(node, variables).toISOString().slice(0, 10),
});

export const Json = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'Any JSON value.',
  specifiedByURL: null,
});

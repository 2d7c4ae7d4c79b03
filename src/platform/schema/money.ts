import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Field, InputType, ObjectType } from 'type-graphql';
import { AppError } from '../errors.js';
import { printAmount } from '../money.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,9})?$/;

function parseDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && DECIMAL.test(text)) return text;
  throw new AppError('BAD_USER_INPUT', 'A Decimal is written as in "12.50".');
}

/** Text throughout, so that no cent is lost to binary fractions. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number, as text: "12.50". Up to 15 digits before the point and 9 after it.',
  serialize: value => String(value),
  parseValue: parseDecimal,
  parseLiteral: (node: ValueNode) =>
    parseDecimal(
      [Kind.STRING, Kind.INT, Kind.FLOAT].includes(node.kind as Kind.STRING) && 'value' in node ? node.value : null,
    ),
});

@ObjectType({ description: 'An amount of money.', simpleResolvers: true })
export class Money {
  @Field(() => Decimal, { description: 'How much.' })
  amount: string;
  @Field({ description: 'Of what: ISO 4217, such as USD.' })
  currency: string;
}

@InputType({ description: 'An amount of money.' })
export class MoneyInput {
  @Field(() => Decimal, { description: 'How much.' })
  amount: string;
  @Field({ description: 'Of what: ISO 4217, such as EUR.' })
  currency: string;
}

/** Millionths of a US dollar, with at least its cents. */
export function dollars(micros: number | string): Money {
  const digits = String(micros).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return { amount: `${digits.slice(0, -6)}.${fraction}`, currency: 'USD' };
}

/** The money of two columns, `numeric` as text and ISO 4217; nothing where either is missing. For `Derived` fields. */
export const moneyOf = (amount: string | null | undefined, currency: string | null | undefined): Money | null =>
  amount == null || currency == null ? null : { amount: printAmount(amount, currency), currency };

import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Decimal } from './money.js';
import { CalendarDate, DateTime } from './scalars.js';

@InputType({ description: 'Conditions on a text; all must hold.' })
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Is exactly this.' })
  eq?: string;
  @Field(() => [String], { nullable: true, description: 'Is one of these.' })
  in?: string[];
  @Field(() => String, { nullable: true, description: 'Has this in it; case and accents do not matter.' })
  contains?: string;
  @Field(() => String, { nullable: true, description: 'Begins with this; case and accents do not matter.' })
  startsWith?: string;
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on an id; all must hold.' })
export class IdFilter {
  @Field(() => ID, { nullable: true, description: 'Is this one.' })
  eq?: string;
  @Field(() => [ID], { nullable: true, description: 'Is one of these.' })
  in?: string[];
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a moment; all must hold.' })
export class DateTimeFilter {
  @Field(() => DateTime, { nullable: true, description: 'Is exactly this moment.' })
  eq?: Date;
  @Field(() => DateTime, { nullable: true, description: 'Is before this moment.' })
  lt?: Date;
  @Field(() => DateTime, { nullable: true, description: 'Is at or before this moment.' })
  lte?: Date;
  @Field(() => DateTime, { nullable: true, description: 'Is after this moment.' })
  gt?: Date;
  @Field(() => DateTime, { nullable: true, description: 'Is at or after this moment.' })
  gte?: Date;
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a calendar day; all must hold.' })
export class DateFilter {
  @Field(() => CalendarDate, { nullable: true, description: 'Is this day.' })
  eq?: string;
  @Field(() => CalendarDate, { nullable: true, description: 'Is before this day.' })
  lt?: string;
  @Field(() => CalendarDate, { nullable: true, description: 'Is this day or later.' })
  gte?: string;
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a whole number; all must hold.' })
export class IntFilter {
  @Field(() => Int, { nullable: true, description: 'Is exactly this.' })
  eq?: number;
  @Field(() => Int, { nullable: true, description: 'Is less.' })
  lt?: number;
  @Field(() => Int, { nullable: true, description: 'Is this or less.' })
  lte?: number;
  @Field(() => Int, { nullable: true, description: 'Is more.' })
  gt?: number;
  @Field(() => Int, { nullable: true, description: 'Is this or more.' })
  gte?: number;
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a number; all must hold.' })
export class FloatFilter {
  @Field(() => Float, { nullable: true, description: 'Is less.' })
  lt?: number;
  @Field(() => Float, { nullable: true, description: 'Is this or less.' })
  lte?: number;
  @Field(() => Float, { nullable: true, description: 'Is more.' })
  gt?: number;
  @Field(() => Float, { nullable: true, description: 'Is this or more.' })
  gte?: number;
}

@InputType({ description: 'Conditions on an exact decimal number; all must hold.' })
export class DecimalFilter {
  @Field(() => Decimal, { nullable: true, description: 'Is exactly this.' })
  eq?: string;
  @Field(() => Decimal, { nullable: true, description: 'Is less.' })
  lt?: string;
  @Field(() => Decimal, { nullable: true, description: 'Is this or less.' })
  lte?: string;
  @Field(() => Decimal, { nullable: true, description: 'Is more.' })
  gt?: string;
  @Field(() => Decimal, { nullable: true, description: 'Is this or more.' })
  gte?: string;
  @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
  isNull?: boolean;
}

@InputType({ description: 'Conditions on a list of texts; all must hold.' })
export class StringListFilter {
  @Field(() => String, { nullable: true, description: 'Has this among its entries.' })
  contains?: string;
}

/** Conditions on a value of an enumeration. */
export function enumFilterOf<Values extends object>(values: Values, name: string) {
  @InputType(`${name}Filter`, { description: `Conditions on a ${name}; all must hold.` })
  class EnumFilter {
    @Field(() => values, { nullable: true, description: 'Is this one.' })
    eq?: string;
    @Field(() => [values], { nullable: true, description: 'Is one of these.' })
    in?: string[];
    @Field(() => Boolean, { nullable: true, description: 'Is missing (true) or is there (false).' })
    isNull?: boolean;
  }
  return EnumFilter;
}

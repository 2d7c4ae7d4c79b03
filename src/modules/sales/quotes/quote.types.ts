import { Field, ObjectType } from 'type-graphql';
import { Decimal, Money } from '../../../platform/schema/index.js';

@ObjectType({ description: 'What is owed of one rate of tax.', simpleResolvers: true })
export class QuoteTax {
  @Field(() => Decimal, { description: 'The rate, in percent.' })
  percent: string;
  @Field(() => Money, { description: 'What it is owed on.' })
  base: Money;
  @Field(() => Money, { description: 'How much is owed.' })
  amount: Money;
}

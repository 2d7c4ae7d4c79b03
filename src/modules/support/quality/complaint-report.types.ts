import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'What became of complaints that reached us in a period, of those you may see.',
  simpleResolvers: true,
})
export class ComplaintReport {
  @Field(() => Int, { description: 'How many reached us.' })
  received: number;
  @Field(() => Int, { description: 'How many of them are still to be answered, appeals included.' })
  open: number;
  @Field(() => Int, { description: 'How many of those are past their time.' })
  overdue: number;
  @Field(() => Int, { description: 'How many were answered.' })
  answered: number;
  @Field(() => Int, { description: 'How many were upheld, in part included.' })
  upheld: number;
  @Field(() => Int, { description: 'How many answers were appealed.' })
  appealed: number;
  @Field(() => Float, { nullable: true, description: 'Percent acknowledged in time, of those that were or had to be.' })
  acknowledgedInTimePercent: number | null;
  @Field(() => Float, { nullable: true, description: 'Percent answered in time, of those that were or had to be.' })
  answeredInTimePercent: number | null;
  @Field(() => Float, { nullable: true, description: 'Days until the answer, the median.' })
  medianDays: number | null;
}

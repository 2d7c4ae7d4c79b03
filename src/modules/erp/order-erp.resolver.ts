import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Reference } from '../../platform/schema/index.js';
import { RequestContext } from '../access/index.js';
import { Order } from '../sales/index.js';
import { ErpProblem, ErpSystem } from './connection.entity.js';
import { erpOfOrder } from './connection.loaders.js';
import { ErpWriteState } from './write.entity.js';

@ObjectType({ description: 'How an order stands with the ERP.', simpleResolvers: true })
export class OrderErp {
  @Field(() => ErpWriteState, { description: 'How far it has come on its way; SENT also when it was placed there.' })
  state: ErpWriteState;
  @Field(() => String, { nullable: true, description: 'Its id in the ERP.' })
  externalId: string | null;
  @Field(() => String, { nullable: true, description: 'The number it has in the ERP.' })
  number: string | null;
  @Field(() => ErpProblem, { nullable: true, description: 'Why it is not there yet.' })
  problem: ErpProblem | null;
  @Reference(() => ErpSystem, 'connectionId', {
    nullable: true,
    description: 'The connection it goes by, for those who may see it.',
  })
  connection?: ErpSystem;
}

@Resolver(() => Order)
export class OrderErpResolver {
  @FieldResolver(() => OrderErp, {
    nullable: true,
    description: 'How it stands with the ERP; nothing where no ERP has to do with it, and to customers.',
  })
  async erp(@Root() { id }: Order, @Ctx() context: RequestContext): Promise<OrderErp | null> {
    if (!context.viewer.may('sales:read')) return null;
    return (await context.load(erpOfOrder, id)) as OrderErp | null;
  }
}

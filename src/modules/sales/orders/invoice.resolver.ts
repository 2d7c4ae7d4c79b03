import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Invoice } from './invoice.entity.js';
import { InvoiceConnection, InvoicesArgs } from './invoice.inputs.js';
import { paymentsOfInvoice } from './order.loaders.js';
import { Payment } from './payment.entity.js';
import { PaymentConnection, PaymentsArgs } from './payment.inputs.js';

@Resolver(() => Invoice)
export class InvoiceResolver {
  @Permit('orders:read')
  @Query(() => Invoice, {
    nullable: true,
    description: 'One invoice, or nothing when there is none that you may see.',
  })
  invoice(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Invoice | null> {
    return context.recordByPublicId(Invoice, id);
  }

  @Permit('orders:read')
  @Query(() => InvoiceConnection, { description: 'Invoices you may see.' })
  invoices(@Args(() => InvoicesArgs) args: InvoicesArgs, @Ctx() context: RequestContext) {
    return context.page(Invoice, args);
  }

  @FieldResolver(() => [Payment], { description: 'What was paid of it, the first payment first.' })
  payments(@Root() invoice: Invoice, @Ctx() context: RequestContext): Promise<Payment[]> {
    return context.load(paymentsOfInvoice, invoice.id);
  }
}

@Resolver(() => Payment)
export class PaymentResolver {
  @Permit('orders:read')
  @Query(() => Payment, {
    nullable: true,
    description: 'One payment, or nothing when there is none that you may see.',
  })
  payment(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Payment | null> {
    return context.recordByPublicId(Payment, id);
  }

  @Permit('orders:read')
  @Query(() => PaymentConnection, { description: 'Payments you may see.' })
  payments(@Args(() => PaymentsArgs) args: PaymentsArgs, @Ctx() context: RequestContext) {
    return context.page(Payment, args);
  }
}

@Resolver(() => Customer)
export class CustomerInvoicesResolver {
  @FieldResolver(() => InvoiceConnection, { description: 'Its invoices, the newest first.' })
  invoices(@Root() customer: Customer, @Args(() => InvoicesArgs) args: InvoicesArgs, @Ctx() context: RequestContext) {
    return context.pageOf(
      Invoice,
      { name: 'customer.invoices', condition: 't.customer_id = k.parent' },
      customer.id,
      args,
    );
  }
}

"""A bakery's Tryton: prepare.py CONFIG DATABASE. Said through proteus, as a person would click it together."""
import datetime
import os
import sys
from decimal import Decimal

# The modules' own tools for tests want this to be there; they do nothing with it here.
os.environ.setdefault("DB_NAME", sys.argv[2])
from proteus import Model, config  # noqa: E402
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, create_tax, get_accounts
from trytond.modules.account_invoice.tests.tools import create_payment_term, set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.modules.currency.tests.tools import get_currency

config.set_trytond(sys.argv[2], config_file=sys.argv[1])
Party = Model.get('party.party')
own = Party(name='ACME Panadería')
own.save()
create_company(party=own, currency=get_currency('EUR'))
company = get_company()

# The year before and after too, so that a test begun at midnight on New Year's Eve ends well.
today = datetime.date.today()
for year in (today.year - 1, today.year, today.year + 1):
    fiscal_year = create_fiscalyear(company, datetime.date(year, 6, 1))
    set_fiscalyear_invoice_sequences(fiscal_year).click('create_period')

create_chart(company)
accounts = get_accounts(company)
PaymentMethod = Model.get('account.invoice.payment.method')
cash_journal, = Model.get('account.journal').find([('type', '=', 'cash')])
PaymentMethod(name='Cash', journal=cash_journal, credit_account=accounts['cash'], debit_account=accounts['cash']).save()
create_payment_term().save()

taxes = {}
for percent in ('21', '10', '4'):
    tax = create_tax(Decimal(percent) / 100)
    tax.name = tax.description = 'IVA %s %%' % percent
    tax.save()
    taxes[percent] = tax

Category = Model.get('product.category')
categories = {}
for percent, tax in taxes.items():
    category = Category(name='IVA %s' % percent, accounting=True)
    category.account_expense = accounts['expense']
    category.account_revenue = accounts['revenue']
    category.customer_taxes.append(tax)
    category.save()
    categories[percent] = category

unit, = Model.get('product.uom').find([('name', '=', 'Unit')])
kilogram, = Model.get('product.uom').find([('name', '=', 'Kilogram')])
Template = Model.get('product.template')


def product(code, name, kind, uom, price, percent):
    template = Template(name=name, type=kind, default_uom=uom, salable=True, list_price=Decimal(price))
    template.account_category = categories[percent]
    template.code = code
    template.save()
    return template.products[0]


bread = product('PAN-01', 'Pan de masa madre', 'goods', unit, '4.50', '10')
product('HAR-25', 'Harina de espelta', 'goods', kilogram, '1.8375', '10')
product('CUR-01', 'Curso de panadería', 'service', unit, '120', '21')

PriceList = Model.get('product.price_list')
prices = PriceList(name='Cafeterías')
line = prices.lines.new(formula='unit_price * Decimal("0.8")', product=bread, quantity=50)
line = prices.lines.new(formula='unit_price * Decimal("0.9")')
prices.save()

storage, = Model.get('stock.location').find([('code', '=', 'STO')])
inventory = Model.get('stock.inventory')(location=storage)
stocked = inventory.lines.new(product=bread)
stocked.quantity = 100.0
stocked.expected_quantity = 0.0
inventory.click('confirm')

# The user the CRM signs in as, with no more rights than its page in docs asks for.
Group = Model.get('res.group')
User = Model.get('res.user')
crm = User(name='CRM', login='crm', password='Masa-madre_1890+Trigo')
crm.companies.append(company)
crm.company = company
for name in ('Sales', 'Account', 'Stock'):
    group, = Group.find([('name', '=', name)])
    crm.groups.append(Group(group.id))
crm.save()

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mappedErp } from '../../../integrations/mapped-erp/adapter.js';
import type { ErpSubject } from './subject.js';

/** Files as a bookkeeping program of Spain writes them: semicolons, decimal commas, days first. */
export const CSV_MAPPING = `
version: 1
name: Files
currency: EUR
kinds:
  PRODUCT:
    read:
      from: csv
      folder: out
      files: products*.csv
      delimiter: ";"
      settleSeconds: 0
      fields: &product
        externalId: $.Código
        sku: $.Código
        name: $.Nombre
        taxPercent: { path: $.IVA, decimal: "," }
        isGone: { path: $.Baja, lookup: { S: true, "*": false } }
  PRICE_BOOK:
    read:
      from: csv
      folder: out
      files: prices*.csv
      delimiter: ";"
      settleSeconds: 0
      groupBy: Tarifa
      fields:
        externalId: $.Tarifa
        name: { join: [$.Tarifa, $.Zona] }
        validFrom: { path: $.Desde, date: dd/MM/yyyy }
        entries:
          each: "$.rows[*]"
          fields: { productId: $.Código, unitPrice: { path: $.Precio, decimal: "," } }
  CUSTOMER:
    read:
      from: csv
      folder: out
      files: customers*.csv
      delimiter: ";"
      settleSeconds: 0
      fields:
        externalId: $.Cuenta
        name: $.Nombre
        email: $.Correo
        address: { object: { city: $.Ciudad, country: { constant: ES } } }
  ORDER:
    read:
      from: csv
      folder: out
      files: orders*.csv
      delimiter: ";"
      settleSeconds: 0
      groupBy: Pedido
      fields:
        externalId: { path: [$.Referencia, $.Pedido] }
        number: $.Pedido
        reference: $.Referencia
        customerId: $.Cuenta
        placedAt: { path: $.Fecha, date: dd/MM/yyyy HH:mm, zone: Europe/Madrid }
        status: { path: $.Estado, lookup: { P: PLACED, C: CONFIRMED, E: DELIVERED } }
        lines:
          each: "$.rows[*]"
          fields:
            productId: $.Código
            description: $.Texto
            quantity: { path: $.Cantidad, decimal: "," }
            unitPrice: { path: $.Céntimos, divideBy: 100 }
            taxPercent: { constant: "4" }
    write:
      to: csv
      folder: in
      file: "order-{key}.csv"
      delimiter: ";"
      each: "$.lines[*]"
      columns:
        Referencia: $.key
        Cuenta: $.customerId
        Código: $.line.productId
        Texto: $.line.description
        Cantidad: $.line.quantity
        Precio: $.line.unitPrice
`;

const FILES = {
  'products-1.csv': 'Código;Nombre;IVA;Baja\nP1;Pan;4,0;N\nP2;Tarta;10,0;N\n',
  'products-2.csv': 'Código;Nombre;IVA;Baja\nP3;Bollo;4,0;N\n',
  'prices.csv':
    'Tarifa;Zona;Desde;Código;Precio\nGeneral;Madrid;01/02/2026;P1;2,50\nGeneral;Madrid;01/02/2026;P2;1.018,90\n',
  'customers.csv': '\uFEFFCuenta;Nombre;Correo;Ciudad\n430001;"Hotel ""Sol""; S.L.";compras@hotelsol.example;Madrid\n',
  'orders.csv':
    'Pedido;Referencia;Cuenta;Fecha;Estado;Código;Texto;Cantidad;Céntimos\n77;;430001;01/11/2026 10:00;C;P1;Pan;10;250\n77;;430001;01/11/2026 10:00;C;;Porte;1;500\n',
};

export const mappedCsv: ErpSubject = {
  name: 'mapped, by CSV files',
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'erp-'));
    await mkdir(join(folder, 'out'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, 'out', name), text);
    let files = 2;
    return {
      adapter: mappedErp(),
      settings: { mapping: CSV_MAPPING },
      folder,
      secrets: [],
      filled: { products: 3, customers: 1 },
      async rename(name) {
        await writeFile(join(folder, 'out', `products-${++files}.csv`), `Código;Nombre;IVA;Baja\nP2;${name};10,0;N\n`);
        return 'P2';
      },
      order: { customerId: '430001', productId: 'P1' },
      close: () => rm(folder, { recursive: true }),
    };
  },
};

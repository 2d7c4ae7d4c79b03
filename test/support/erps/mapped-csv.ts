import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mappedErp } from '../../../integrations/mapped-erp/adapter.js';
import { documentedMappings } from './practice-erp.js';
import type { ErpSubject } from './subject.js';

/** Files as a bookkeeping program of Spain writes them: the second example of docs/erp-mapping.md, without its patience. */
const CSV_MAPPING = documentedMappings()[1]!.replaceAll('settleSeconds: 5', 'settleSeconds: 0');

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

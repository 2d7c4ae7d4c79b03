// PostGraphile 5 on the same tables, with the schema it makes of them by itself. It runs from here, where its packages are.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({ connectionString: process.env.BENCH_DATABASE_URL, schemas: ['public'], poolConfig: { max: 12 } }),
  ],
  grafserv: { graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
});
const server = createServer();
server.on('error', error => {
  throw error;
});
await instance.createServ(grafserv).addTo(server);
if (process.argv.includes('--schema')) {
  const { printSchema } = await import('graphql');
  process.stdout.write(printSchema(await instance.getSchema()));
  process.exit();
}
server.listen(0, '127.0.0.1', () => process.stdout.write(`ready at http://127.0.0.1:${server.address().port}\n`));
process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await instance.release();
  process.exit();
});

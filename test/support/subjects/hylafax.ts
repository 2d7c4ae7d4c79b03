import { hylafaxConnector } from '../../../integrations/hylafax/connector.js';
import { startHfaxd } from '../hfaxd-server.js';
import { subjectOf } from '../pdf-subject.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

async function openHylafax(trouble?: Trouble): Promise<Subject> {
  const fax = (number: number, caller: string, station: string) => ({
    file: `fax${String(number).padStart(9, '0')}.tif`,
    seconds: 1_795_600_000 + number * 600,
    pages: number,
    caller,
    station,
    bytes: Buffer.from(`II*\0 page ${number}`),
  });
  const received = [fax(1, '+34600111222', '+34 600 111 222'), fax(2, '', '+34 600 333 444'), fax(3, '', '')];
  const server = await startHfaxd(received, trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: hylafaxConnector({ allowPrivateAddresses: true }),
    source: {
      kind: 'ACCOUNT',
      query: '+34910000000',
      settings: { host: '127.0.0.1', port: server.port, user: 'crm' },
      credentials: { password: 'secret' },
    },
    reading: { beginning: { since: '2026-01-01T00:00:00.000Z', seen: [] }, posts: 3, isAtEnd: () => false },
    sending: {
      command: { kind: 'message', visibility: 'private', parent: null, recipient: { id: '+34600111222' } },
      sent: async () =>
        server.jobs.map(({ parameters, documents }) => ({
          id: parameters['JOBINFO']!,
          text: subjectOf(documents[0]!),
        })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const hylafax: SubjectKind = { name: 'hylafax', open: openHylafax };

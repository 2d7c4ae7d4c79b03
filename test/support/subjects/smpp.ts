import { smppConnector } from '../../../integrations/smpp/connector.js';
import { startSmsc } from '../smsc-server.js';
import type { Subject, SubjectKind } from './subject.js';

async function openSmpp(): Promise<Subject> {
  const smsc = await startSmsc();
  return {
    connector: smppConnector({ allowPrivateAddresses: true }),
    readElsewhere: 'What a message centre delivers goes by what was acknowledged, not by a cursor.',
    source: {
      kind: 'ACCOUNT',
      query: '+34910000000',
      settings: { host: '127.0.0.1', port: smsc.port, systemId: 'crm' },
      credentials: { password: 'secret' },
    },
    sending: {
      command: { kind: 'message', visibility: 'private', parent: null, recipient: { id: '+34600111222' } },
      sent: async () =>
        smsc.submitted.map((pdu, index) => ({
          id: `+34910000000/net${index + 1}`,
          text: String((pdu['short_message'] as { message: string }).message),
        })),
      misbehave: smsc.misbehave,
    },
    close: smsc.close,
  };
}

export const smpp: SubjectKind = { name: 'smpp', open: openSmpp };

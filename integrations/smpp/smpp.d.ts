/** What we use of the package, which comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type net from 'node:net';
  import type tls from 'node:tls';

  namespace smpp {
    interface PDU {
      command: string;
      command_status: number;
      sequence_number: number;
      [field: string]: unknown;
      isResponse(): boolean;
      response(fields?: object): PDU;
    }
    type Answer = (pdu: PDU) => void;
    interface Session extends EventEmitter {
      readonly socket: net.Socket | tls.TLSSocket;
      on(event: 'error', listener: (error: Error & { code?: string }) => void): this;
      on(event: 'close' | 'connect' | 'secureConnect', listener: () => void): this;
      on(event: string, listener: (pdu: PDU) => void): this;
      send(pdu: PDU, answer?: Answer): boolean;
      bind_transmitter(fields: object, answer: Answer): boolean;
      bind_transceiver(fields: object, answer: Answer): boolean;
      submit_sm(fields: object, answer: Answer): boolean;
      deliver_sm(fields: object, answer?: Answer): boolean;
      enquire_link(answer?: Answer): boolean;
      unbind(answer?: Answer): boolean;
      close(done?: () => void): void;
      destroy(done?: () => void): void;
    }
    interface Server extends net.Server {
      sessions: Session[];
    }
    const ESME_ROK: number;
    const ESME_RTHROTTLED: number;
    function connect(options: object): Session;
    function createServer(listener: (session: Session) => void): Server;
    function createServer(options: object, listener: (session: Session) => void): Server;
  }
  export default smpp;
}

import type { Header } from 'postal-mime';

/** What our own server found out about who sent a mail. */
export type Authentication = 'passed' | 'failed' | 'unknown';

const MOST_READ = 4000;

/**
 * Reads RFC 8601: `passed` when DMARC passed for the address's domain, or a DKIM signature of that domain or one above it did.
 * Only headers signed `server` count, and of these only those above everything a sender could have brought: the topmost run.
 */
export function authenticationOf(
  headers: readonly Pick<Header, 'key' | 'value'>[],
  server: string | undefined,
  address: string,
): Authentication {
  const domain = address.split('@').at(-1)!.toLowerCase();
  if (!server || !domain) return 'unknown';
  const verdicts = topmost(headers, server).flatMap(value => methodsOf(value));
  const dmarc = verdicts.find(
    ({ method, header }) => method === 'dmarc' && (header['header.from'] ?? domain) === domain,
  );
  if (dmarc) return dmarc.result === 'pass' ? 'passed' : dmarc.result === 'fail' ? 'failed' : 'unknown';
  const isSigned = verdicts.some(({ method, result, header }) => {
    const signer = header['header.d'] ?? header['header.i']?.split('@').at(-1);
    return method === 'dkim' && result === 'pass' && signer !== undefined && isAligned(domain, signer);
  });
  return isSigned ? 'passed' : 'unknown';
}

/** A server writes its headers together: one further down, after another header than these, may be the sender's invention. */
function topmost(headers: readonly Pick<Header, 'key' | 'value'>[], server: string): string[] {
  const found: string[] = [];
  for (const { key, value } of headers) {
    if (key === 'authentication-results') {
      const [name] = value.trim().toLowerCase().split(/[\s;]/, 1);
      if (name !== server) break;
      found.push(value.slice(0, MOST_READ));
    } else if (found.length > 0) break;
  }
  return found;
}

interface Verdict {
  method: string;
  result: string;
  header: Record<string, string>;
}

function methodsOf(value: string): Verdict[] {
  const plain = value.replace(/\([^()]*\)/g, ' ').toLowerCase();
  return plain
    .split(';')
    .slice(1)
    .flatMap(part => {
      const said = part.match(/^\s*([a-z\d-]+)\s*=\s*([a-z]+)/);
      if (!said) return [];
      const header = Object.fromEntries(
        [...part.matchAll(/([a-z]+\.[a-z-]+)\s*=\s*"?([^\s";]+)/g)].map(([, name, found]) => [name, found]),
      );
      return [{ method: said[1]!, result: said[2]!, header }];
    });
}

/** A signer above the address's domain counts; a bare top-level name does not. */
function isAligned(domain: string, signer: string): boolean {
  return signer === domain || (signer.includes('.') && domain.endsWith(`.${signer}`));
}

import { type ConnectionField, ConnectorError, type SourceDescription } from '../../src/ingest/connector.js';
import { type AsteriskConfig, normalise } from './call.event.js';

const field = (
  kind: ConnectionField['kind'],
  name: string,
  required: boolean,
  description: string,
): ConnectionField => ({
  name,
  kind,
  required,
  description,
});

export const ASTERISK_FIELDS: ConnectionField[] = [
  field('setting', 'url', true, "Where Asterisk's HTTP server answers, as in https://pbx.example.com:8089."),
  field('setting', 'username', true, 'A user of ari.conf.'),
  field('secret', 'password', true, "That user's password."),
  field('setting', 'app', false, 'Name under which Asterisk knows us; vinculo unless given.'),
  field('setting', 'extensionDigits', false, 'How many digits the longest extension of the house has; 5 unless given.'),
  field('setting', 'context', false, 'Context of the dialplan from which customers are called; default unless given.'),
  field('setting', 'recordingsUrl', false, 'Where recordings can be heard, if not over ARI.'),
  field('setting', 'cdrUrl', false, 'Where the call records (Master.csv) can be read, over https.'),
  field('secret', 'cdrSecret', false, 'A long word of your choice that signs the records which Asterisk posts to us.'),
];

/** Throws `ConnectorError` of class `invalid`. */
export function configureAsterisk({ kind, query, settings = {}, credentials = {} }: SourceDescription): AsteriskConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
  const number = normalise(query);
  if (kind !== 'ACCOUNT' || number.length < 3) refuse('With Asterisk the number that customers call is followed.');
  const url = URL.parse(text(settings['url']));
  if (!url || !/^https?:$/.test(url.protocol) || url.username)
    refuse('The address of Asterisk is missing, or is none.');
  const [username, password] = [text(settings['username']), text(credentials['password'])];
  if (!username || !password) refuse('The user of ARI and its password are needed.');
  const [extensionDigits, app] = [Number(text(settings['extensionDigits']) || 5), text(settings['app']) || 'vinculo'];
  if (!Number.isInteger(extensionDigits) || extensionDigits < 1 || extensionDigits > 10)
    refuse('An extension has one to ten digits.');
  if (!/^[\w.-]{1,80}$/.test(app)) refuse('The name of the application has letters and digits only.');
  const address = (name: string): string => {
    const given = text(settings[name]);
    if (given && !/^https?:$/.test(URL.parse(given)?.protocol ?? '')) refuse(`"${name}" is no address.`);
    return given;
  };
  const [recordingsUrl, cdrUrl, cdrSecret] = [
    address('recordingsUrl'),
    address('cdrUrl'),
    text(credentials['cdrSecret']),
  ];
  return {
    url: url!.href.replace(/\/(ari\/?)?$/, ''),
    username,
    password,
    app,
    number,
    extensionDigits,
    context: text(settings['context']) || 'default',
    ...(recordingsUrl && { recordingsUrl }),
    ...(cdrUrl && { cdrUrl }),
    ...(cdrSecret && { cdrSecret }),
  };
}

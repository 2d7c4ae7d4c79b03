import type { RawRequest } from '../../src/ingest/connector.js';

export interface PostedFile {
  field: string;
  fileName: string;
  type: string;
  bytes: Buffer;
}

export interface PostedForm {
  fields: Map<string, string>;
  files: PostedFile[];
}

/**
 * Takes a posted form apart, url-encoded or multipart (RFC 7578). At once, as the port wants it; libraries that read multipart do
 * so from a stream. What is neither is an empty form.
 */
export function formOf({ headers, body }: RawRequest): PostedForm {
  const type = headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return { fields: new Map(new URLSearchParams(body.toString('utf8'))), files: [] };
  const [, quoted, bare] = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  return boundary ? partsOf(body, boundary) : { fields: new Map(), files: [] };
}

function partsOf(body: Buffer, boundary: string): PostedForm {
  const form: PostedForm = { fields: new Map(), files: [] };
  const line = Buffer.from(`\r\n--${boundary}`);
  // The first boundary has no line before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(line);
  while (start >= 0) {
    const end = whole.indexOf(line, start + line.length);
    if (end < 0) break;
    readPart(whole.subarray(start + line.length, end), form);
    start = end;
  }
  return form;
}

function readPart(part: Buffer, form: PostedForm): void {
  const gap = part.indexOf('\r\n\r\n');
  if (gap < 0) return;
  const head = part.subarray(0, gap).toString('utf8');
  const [, disposition = ''] = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head) ?? [];
  const parameter = (name: string) => {
    const [, quoted, bare] = new RegExp(`(?:^|;)\\s*${name}=(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(disposition) ?? [];
    return quoted ?? bare;
  };
  const [field, fileName] = [parameter('name'), parameter('filename')];
  if (field === undefined) return;
  const bytes = part.subarray(gap + 4);
  if (fileName === undefined) form.fields.set(field, bytes.toString('utf8'));
  else {
    const [, type = 'application/octet-stream'] = /^content-type:\s*([^\s;]+)/im.exec(head) ?? [];
    form.files.push({ field, fileName, type, bytes });
  }
}

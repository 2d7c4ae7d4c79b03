import { mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { ErpError } from '../../src/erp/port.js';

/** A folder below the organisation's own, and nowhere else, whatever its name or a link says. Throws `ErpError` REFUSED. */
export async function folderBelow(root: string | undefined, name: string): Promise<string> {
  if (root === undefined) throw new ErpError('REFUSED', 'This server has no folder for files (ERP_FOLDER).');
  if (isAbsolute(name) || name.split(/[\\/]/).includes('..'))
    throw new ErpError('REFUSED', `The folder "${name.slice(0, 100)}" is not below the organisation's own.`);
  await mkdir(join(root, name), { recursive: true });
  const [outer, inner] = await Promise.all([realpath(root), realpath(join(root, name))]);
  const way = relative(outer, inner);
  if (way.startsWith('..') || isAbsolute(way))
    throw new ErpError('REFUSED', `The folder "${name.slice(0, 100)}" leads out of the organisation's own.`);
  return inner;
}

import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFileSync } from '@swc/core';

const ROOT = new URL('../../', import.meta.url);
const GLOBALS = new URL('globals.js', import.meta.url).href;
const SWCRC = fileURLToPath(new URL('.swcrc', ROOT));

const isOurs = url => url?.startsWith(ROOT.href) && !url.includes('/node_modules/');
const maps = new Map();

/** Source maps by the address a stack names, each a `data:` URL: a failure is told in lines of the source. */
export class SourceMaps extends Map {
  get(address) {
    const map = maps.get(address);
    return map && `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  }
}

/** From here on this process imports TypeScript: types and decorators are compiled while a file is loaded. */
export function loadTypeScript() {
  module.enableCompileCache();
  module.registerHooks({
    resolve(specifier, context, next) {
      if (!isOurs(context.parentURL)) return next(specifier, context);
      if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
      if (specifier.startsWith('.') && specifier.endsWith('.js')) {
        const url = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
        if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
      }
      return next(specifier, context);
    },
    load(url, context, next) {
      const file = new URL(url);
      if (!isOurs(url) || !file.pathname.endsWith('.ts')) return next(url, context);
      const path = fileURLToPath(file);
      const { code, map } = transformFileSync(path, { configFile: SWCRC, sourceMaps: true });
      maps.set(url, JSON.stringify({ ...JSON.parse(map), sources: [pathToFileURL(path).href] }));
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}

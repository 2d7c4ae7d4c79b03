// Puts `vinculo` beside the other commands of the project, where `npx vinculo` finds it without asking anybody.
import { rmSync, symlinkSync } from 'node:fs';

const place = new URL('../node_modules/.bin/vinculo', import.meta.url);
rmSync(place, { force: true });
try {
  symlinkSync('../../bin/vinculo.js', place);
} catch {
  // No links here (Windows without the right): npx then finds the command through package.json, only slower.
}

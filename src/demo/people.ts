import type { Network } from '../ingest/connector.js';
import type { ExampleIdentity, Scale } from './example.js';
import { identityMaker, networkPicker } from './identities.js';
import type { Random } from './random.js';

/** The identities as posts need them: one by its index, or somebody on a network. */
export interface People {
  identity(index: number): ExampleIdentity;
  /** The busy ones more often than the quiet; undefined where the network has nobody. */
  someone(network: Network, draw: Random): number | undefined;
}

/** The people of a finished list. */
export function peopleOf(identities: readonly ExampleIdentity[]): People {
  return peopleBy(
    identities.length,
    index => identities[index]!.network,
    index => identities[index]!,
  );
}

/** The people of a scale, made when asked for: a number is kept for each, and the few thousand last used. */
export function peopleAt(scale: Scale): People {
  const make = identityMaker(scale.customers, scale);
  const kept: { index: number; identity: ExampleIdentity }[] = [];
  return peopleBy(scale.identities, networkPicker(scale.customers, scale), index => {
    const slot = index % 8192;
    if (kept[slot]?.index !== index) kept[slot] = { index, identity: make(index) };
    return kept[slot].identity;
  });
}

function peopleBy(
  count: number,
  networkAt: (index: number) => Network,
  identity: (index: number) => ExampleIdentity,
): People {
  const members = new Map<Network, number[]>();
  for (let index = 0; index < count; index++) {
    const network = networkAt(index);
    const list = members.get(network);
    if (list) list.push(index);
    else members.set(network, [index]);
  }
  return {
    identity,
    someone(network, draw) {
      const list = members.get(network);
      // A power of an even draw: the first hundredth, who are customers, write a sixth of everything.
      return list?.[Math.floor(list.length * draw.next() ** 2.5)];
    },
  };
}

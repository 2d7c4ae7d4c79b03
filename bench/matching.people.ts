// Customers and identities with known truth: people as they name themselves on networks, and others who look like them.
import { givenNames, surnames } from '../src/demo/names.words.js';
import { type Random, randomOf } from '../src/demo/random.js';
import { foldLetters } from '../src/modules/matching/engine/fold.js';
import { NICKNAMES } from '../src/modules/matching/engine/names.words.js';
import type { CustomerFacts, IdentityFacts } from '../src/modules/matching/engine/people.js';

type Tongue = 'es' | 'pt' | 'en';

interface Person {
  tongue: Tongue;
  given: string;
  surnames: string[];
  born: number;
  birthDate: string;
  city: string;
  job: string;
  employer: string;
  email: string;
  phone: string;
  site: string;
  avatar: string;
  handle: string;
  busiest: number;
}

export interface Sample {
  customers: CustomerFacts[];
  identities: IdentityFacts[];
  /** Of each identity, the number of its customer, or -1. */
  owners: Int32Array;
  /** What kind of stranger or decoy it is; "own" for a customer's. */
  kinds: string[];
}

const CITIES: Record<Tongue, string[]> = {
  es: ['Caracas', 'Bogotá', 'Madrid', 'Lima', 'Monterrey', 'Buenos Aires', 'Córdoba', 'Valencia', 'Quito', 'Mérida'],
  pt: ['São Paulo', 'Lisboa', 'Recife', 'Porto', 'Curitiba', 'Salvador', 'Belo Horizonte', 'Braga'],
  en: ['Austin', 'London', 'Leeds', 'Toronto', 'Dublin', 'Chicago', 'Bristol', 'Sydney'],
};
const JOBS = [
  'abogada',
  'ingeniero',
  'designer',
  'médica',
  'teacher',
  'periodista',
  'engenheira',
  'chef',
  'contadora',
  'nurse',
  'fotógrafo',
  'developer',
];
const BITS_OF_BIO = [
  'opiniones mías',
  'coffee first',
  'mamá de dos',
  'corredor',
  'pão e livros',
  'books',
  'fútbol',
  'vida',
  'travel',
];
const PROVIDERS = ['gmail.com', 'hotmail.com', 'yahoo.es', 'outlook.com', 'icloud.com', 'uol.com.br'];
const SYLLABLES =
  'bar cor del es fan gui hur iri jar lan mon nar ola per qui ron sal tor ur vel yan zam bel cas dur fer gal mir nov'.split(
    ' ',
  );
const ENDS = 'ez ano eta oni ira ares edo uez ini ola anda ense oa ado is'.split(' ');

/** Half the people have one of the common surnames, as Zipf has it; the others one of some thousands of rare ones. */
function surname(draw: Random, tongue: Tongue): string {
  if (draw.chance(0.55)) {
    const list = surnames[tongue];
    return list[Math.floor(list.length * draw.next() ** 2)]!;
  }
  return rareName(draw);
}

function rareName(draw: Random): string {
  const word = draw.pick(SYLLABLES) + (draw.chance(0.6) ? draw.pick(SYLLABLES) : '') + draw.pick(ENDS);
  return word[0]!.toUpperCase() + word.slice(1);
}

const letters = (text: string) => foldLetters(text).replace(/[^a-z]/g, '');

export function makePerson(draw: Random, number: number): Person {
  const tongue = draw.weighted<Tongue>([
    ['es', 6],
    ['pt', 2],
    ['en', 2],
  ]);
  // A third have a name few others have.
  const given = draw.chance(0.33) ? rareName(draw) : draw.pick(givenNames[tongue]);
  const family = [surname(draw, tongue)];
  if (tongue !== 'en' && draw.chance(0.6)) family.push(surname(draw, tongue));
  const born = 1945 + Math.floor(60 * draw.next());
  const pad = (value: number) => String(value).padStart(2, '0');
  const birthDate = `${born}-${pad(draw.int(1, 12))}-${pad(draw.int(1, 28))}`;
  const handle = makeHandle(draw, given, family[0]!, born);
  return {
    tongue,
    given,
    surnames: family,
    born,
    birthDate,
    city: draw.pick(CITIES[tongue]),
    job: draw.pick(JOBS),
    employer: `${surname(draw, tongue)} ${draw.pick(['SA', 'Group', 'y Cía', 'Studio'])}`,
    // The number keeps addresses of different people apart.
    email: `${draw.chance(0.6) ? makeHandle(draw, given, family[0]!, born) : handle}${draw.chance(0.3) ? draw.int(1, 99) : ''}${number % 7 === 0 ? `@mail${number}.com` : `${number.toString(36)}@${draw.pick(PROVIDERS)}`}`,
    phone: `+58${String(4_120_000_000 + number * 7 + draw.int(0, 6))}`,
    site: `${letters(given)}${letters(family[0]!)}${draw.chance(0.5) ? '' : draw.int(1, 99)}.com`,
    avatar: `https://cdn.example/a/${number}.jpg`,
    handle,
    busiest: draw.int(0, 23),
  };
}

function makeHandle(draw: Random, given: string, family: string, born: number): string {
  const g = letters(given.split(' ')[0]!);
  const s = letters(family.split(' ').at(-1)!);
  const nick = draw.chance(0.2) ? (NICKNAMES[g]?.split(' ')[0] ?? g) : g;
  const stem = draw.weighted([
    [`${nick}${s}`, 5],
    [`${nick}.${s}`, 3],
    [`${nick}_${s}`, 3],
    [`${g[0]}${s}`, 5],
    [`${s}${g}`, 1],
    [`${s}.${nick}`, 1],
    [`${nick}${s[0]}`, 2],
    [`${s}${g[0]}`, 1],
    [`${nick}${draw.pick(['lafe', 'mx', 'rock', 'star', 'blue', 'zen'])}`, 3],
  ]);
  return (
    stem +
    draw.weighted([
      ['', 5],
      [String(born).slice(2), 2],
      [String(born), 1],
      [String(draw.int(1, 999)), 2],
      ['_ve', 1],
      ['_oficial', 0.3],
    ])
  );
}

function shownName(draw: Random, person: Person): string | null {
  const [g] = person.given.split(' ');
  const nick = NICKNAMES[letters(g!)]?.split(' ')[0] ?? g!;
  const s = person.surnames[0]!;
  return draw.weighted<string | null>([
    [`${person.given} ${s}`, 6],
    [`${person.given} ${person.surnames.join(' ')}`, 3],
    [foldLetters(`${g} ${s}`), 2],
    [`${nick} ${s}`, 2],
    [`${g} ${s[0]}.`, 1.5],
    [g!, 1.5],
    [`${g![0]}. ${s}`, 0.7],
    [`${g} ${s} ✨`, 0.7],
    [`${g} ${typo(draw, s)}`, 0.5],
    [null, 1.2],
  ]);
}

export function typo(draw: Random, text: string): string {
  const at = draw.int(1, Math.max(1, text.length - 2));
  return draw.chance(0.5)
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
}

function hours(draw: Random, busiest: number): string {
  return Array.from({ length: 24 }, (_, hour) => {
    const away = Math.min(Math.abs(hour - busiest), 24 - Math.abs(hour - busiest));
    return String.fromCharCode(
      97 + Math.max(0, Math.min(25, Math.round(25 * Math.exp((-away * away) / 18) + 4 * (draw.next() - 0.5)))),
    );
  }).join('');
}

function identityOf(draw: Random, person: Person, number: number): IdentityFacts {
  const isMessenger = number % 5 === 4;
  const bio = [
    draw.chance(0.35) ? person.city : '',
    draw.chance(0.2) ? person.job : '',
    draw.chance(0.08) ? `@ ${person.employer}` : '',
    draw.chance(0.03) ? person.email : '',
    draw.chance(0.5) ? draw.pick(BITS_OF_BIO) : '',
  ].filter(Boolean);
  return {
    handle: draw.chance(0.45) ? person.handle : makeHandle(draw, person.given, person.surnames[0]!, person.born),
    displayName: shownName(draw, person),
    bio: bio.join(' · ') || null,
    url: draw.chance(0.05) ? `https://${person.site}` : null,
    avatarUrl: draw.chance(0.3) ? person.avatar : `https://cdn.example/i/${number}.jpg`,
    email: draw.chance(0.1) ? person.email : null,
    phone: isMessenger && draw.chance(0.6) ? person.phone : null,
    language: draw.chance(0.6) ? person.tongue : null,
    hours: draw.chance(0.2) ? hours(draw, person.busiest) : null,
  };
}

export function samplePeople(customers: number, identities: number, seed = 'matching'): Sample {
  const person = randomOf(seed, 'person');
  const customer = randomOf(seed, 'customer');
  const identity = randomOf(seed, 'identity');
  const people = Array.from({ length: customers }, (_, i) => makePerson(person(i), i));
  // Every fortieth shares a phone and a surname with the one before: a family.
  for (let i = 40; i < customers; i += 40) {
    people[i]!.phone = people[i - 1]!.phone;
    people[i]!.surnames[0] = people[i - 1]!.surnames[0]!;
    people[i]!.tongue = people[i - 1]!.tongue;
    people[i]!.city = people[i - 1]!.city;
  }
  const facts = people.map((one, i): CustomerFacts => {
    const draw = customer(i);
    return {
      displayName: `${one.given} ${one.surnames.join(' ')}`,
      givenName: draw.chance(0.7) ? one.given : null,
      familyName: draw.chance(0.7) ? one.surnames.join(' ') : null,
      birthDate: draw.chance(0.5) ? one.birthDate : null,
      language: draw.chance(0.8) ? one.tongue : null,
      jobTitle: draw.chance(0.3) ? `${one.job}, ${one.employer}` : null,
      emails: draw.chance(0.85) ? [one.email] : [],
      phones: draw.chance(0.7) ? [one.phone] : [],
      sites: draw.chance(0.1) ? [one.site] : [],
      cities: draw.chance(0.7) ? [one.city] : [],
      identities: draw.chance(0.3)
        ? [{ ...identityOf(draw, one, i * 5 + 1), handle: one.handle, avatarUrl: draw.chance(0.5) ? one.avatar : null }]
        : [],
    };
  });
  const owners = new Int32Array(identities).fill(-1);
  const kinds: string[] = [];
  const found: IdentityFacts[] = [];
  for (let i = 0; i < identities; i++) {
    const draw = identity(i);
    const share = draw.next();
    if (share < 0.4) {
      owners[i] = draw.int(0, customers - 1);
      kinds.push('own');
      found.push(identityOf(draw, people[owners[i]!]!, i));
      continue;
    }
    const stranger = makePerson(draw, customers + i);
    if (share < 0.45) {
      // Of the same name as a customer, and nobody we know.
      const other = people[draw.int(0, customers - 1)]!;
      const double = { ...stranger, tongue: other.tongue, given: other.given, surnames: other.surnames };
      kinds.push('namesake');
      found.push(
        identityOf(draw, { ...double, handle: makeHandle(draw, double.given, double.surnames[0]!, stranger.born) }, i),
      );
    } else if (share < 0.46) {
      const other = people[draw.int(0, customers - 1)]!;
      kinds.push('parody');
      found.push({
        ...identityOf(
          draw,
          { ...stranger, given: other.given, surnames: other.surnames, city: other.city, tongue: other.tongue },
          i,
        ),
        bio: draw.pick(['Cuenta parodia', 'Parody account, not affiliated', 'fan account', 'paródia · humor']),
        displayName: `${other.given} ${other.surnames[0]}`,
      });
    } else {
      kinds.push('stranger');
      found.push(identityOf(draw, stranger, i));
    }
  }
  return { customers: facts, identities: found, owners, kinds };
}

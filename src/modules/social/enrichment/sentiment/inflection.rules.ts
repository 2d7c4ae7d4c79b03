// Which dictionary forms an inflected Spanish or Portuguese word may come from. Candidates only: a wrong one is harmless, because it
// must be found in the word list to count.
const SPANISH: readonly (readonly [string, readonly string[]])[] = [
  ['ieron', ['er', 'ir']],
  ['iendo', ['er', 'ir']],
  ['amente', ['o', 'a']],
  ['mente', ['']],
  ['ando', ['ar', 'ado']],
  ['aron', ['ar']],
  ['aban', ['ar']],
  ['ados', ['ado', 'ar']],
  ['adas', ['ado', 'ar']],
  ['idos', ['ido', 'er', 'ir']],
  ['idas', ['ido', 'er', 'ir']],
  ['aste', ['ar']],
  ['iste', ['er', 'ir']],
  ['amos', ['ar']],
  ['emos', ['er']],
  ['imos', ['ir']],
  ['aba', ['ar']],
  ['ada', ['ado', 'ar']],
  ['ado', ['ar']],
  ['ida', ['ido', 'er', 'ir']],
  ['ido', ['er', 'ir']],
  ['ian', ['er', 'ir']],
  ['ia', ['er', 'ir']],
  ['io', ['er', 'ir']],
  ['an', ['ar']],
  ['en', ['er', 'ir', 'ar']],
  ['as', ['o', 'a', 'ar']],
  ['os', ['o']],
  ['es', ['', 'e', 'er', 'ir']],
  ['a', ['o', 'ar']],
  ['o', ['ar', 'er', 'ir']],
  ['e', ['ar', 'er', 'ir']],
  ['s', ['']],
];

const PORTUGUESE: readonly (readonly [string, readonly string[]])[] = [
  ['amente', ['o', 'a']],
  ['mente', ['']],
  ['ando', ['ar', 'ado']],
  ['endo', ['er']],
  ['indo', ['ir']],
  ['aram', ['ar']],
  ['eram', ['er']],
  ['iram', ['ir']],
  ['avam', ['ar']],
  ['ados', ['ado', 'ar']],
  ['adas', ['ado', 'ar']],
  ['idos', ['ido', 'er', 'ir']],
  ['idas', ['ido', 'er', 'ir']],
  ['amos', ['ar']],
  ['emos', ['er']],
  ['imos', ['ir']],
  ['ava', ['ar']],
  ['ada', ['ado', 'ar']],
  ['ado', ['ar']],
  ['ida', ['ido', 'er', 'ir']],
  ['ido', ['er', 'ir']],
  ['oes', ['ao']],
  ['ais', ['al']],
  ['eis', ['el']],
  ['ns', ['m']],
  ['ou', ['ar']],
  ['ei', ['ar']],
  ['eu', ['er']],
  ['iu', ['ir']],
  ['am', ['ar']],
  ['em', ['er', 'ir', 'ar']],
  ['as', ['o', 'a', 'ar']],
  ['os', ['o']],
  ['es', ['', 'e', 'er', 'ir']],
  ['a', ['o', 'ar']],
  ['o', ['ar', 'er', 'ir']],
  ['e', ['ar', 'er', 'ir']],
  ['s', ['']],
];

const ENDINGS: Readonly<Record<string, typeof SPANISH>> = { es: SPANISH, pt: PORTUGUESE };
const SHORTEST_STEM = 3;

/** Candidate base forms of a folded word, longest ending first; empty for other languages. */
export function baseForms(word: string, language: string): string[] {
  const forms: string[] = [];
  for (const [ending, replacements] of ENDINGS[language] ?? []) {
    if (word.length - ending.length < SHORTEST_STEM || !word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    for (const replacement of replacements) forms.push(stem + replacement);
  }
  return forms;
}

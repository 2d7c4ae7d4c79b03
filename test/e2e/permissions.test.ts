import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PERMISSIONS, rootRules } from '../../src/modules/access/permissions.rules.js';
import { Role } from '../../src/modules/access/roles.js';
import { argumentsFor } from '../support/arguments.js';
import { documentOf, rootFields } from '../support/documents.js';
import { codes, KINDS, NEEDS_SECRET, openStage, operations, type Stage } from '../support/stage.js';
import { eventually, subscribe } from '../support/subscriber.js';

/** What is for everybody to read, and to say something of. */
const FOR_EVERYBODY = ['publicArticle', 'publicArticles', 'ratePublicArticle', 'searchPublicArticles'];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('somebody of every role is asked about', () => {
  expect(Object.values(KINDS).flat().sort()).toEqual([...Object.values(Role), 'MEMBER'].sort());
});

test('every root field says who may use it, with a permission that somebody has', () => {
  for (const { root, field } of rootFields(stage.schema)) {
    const rule = rootRules().get(field.name);
    expect({ field: `${root}.${field.name}`, rule: rule === 'PUBLIC' || (rule && rule in PERMISSIONS) }).toEqual({
      field: `${root}.${field.name}`,
      rule: true,
    });
  }
  expect(
    [...rootRules()]
      .filter(([, rule]) => rule === 'PUBLIC')
      .map(([field]) => field)
      .sort(),
  ).toEqual([...NEEDS_SECRET, ...FOR_EVERYBODY].sort());
});

test('nobody at all is only asked to sign in, for whatever they ask', async () => {
  const { own } = await stage.callerOf('OWNER');
  for (const root of operations(stage.schema)) {
    const answer = await stage.app.anonymous.send(documentOf(stage.schema, root), argumentsFor(root, own));
    const expected = rootRules().get(root.field.name) === 'PUBLIC' ? [] : ['UNAUTHENTICATED'];
    expect({ field: root.field.name, codes: codes(answer) }).toEqual({ field: root.field.name, codes: expected });
    expect(JSON.stringify(answer)).not.toContain('ownmarker');
  }
});

test('nobody without a credential hears anything live', async () => {
  for (const root of rootFields(stage.schema).filter(one => one.root === 'Subscription')) {
    const listener = subscribe(stage.url, '', `subscription { ${root.field.name} { __typename } }`);
    await eventually(() => listener.errors.length > 0);
    expect(codes({ errors: listener.errors as never })).toEqual(['UNAUTHENTICATED']);
    await listener.close();
  }
});

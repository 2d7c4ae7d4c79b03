// Who may import whom. A rule's comment is what a person sees when the build fails.
import { Visitor } from '@swc/core/Visitor.js';

// The parser's visitor gives up on `await using`, which it does not know yet; nothing is imported in one.
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function visit(statement) {
  return statement.type === 'UsingDeclaration' ? statement : visitStatement.call(this, statement);
};

const TESTS = '(\\.test\\.ts$|^integrations/[^/]+/test\\.server\\.ts$|^test/)';
const OURS = '^(src|integrations|migrations|bench|test)/';
const PRODUCTION = { path: '^(src|integrations|migrations|bin)/', pathNot: TESTS };

/** A module may use those of the tiers before its own. Neighbours of one tier speak through events. */
const TIERS = [
  ['access'],
  ['customers'],
  ['social', 'activities'],
  ['graph', 'matching'],
  ['sales', 'support', 'marketing', 'partners'],
  ['erp'],
  ['analytics', 'automation', 'risk'],
];

const tierRules = TIERS.flatMap((tier, index) =>
  tier.map(name => ({
    name: `tier-of-${name}`,
    comment: 'A module imports only from tiers before its own; neighbours and lower tiers speak through events.',
    severity: 'error',
    from: { path: `^src/modules/${name}/` },
    to: {
      path: '^src/modules/([^/]+)/',
      pathNot: `^src/modules/(${[...TIERS.slice(0, index).flat(), name].join('|')})/`,
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Files that import each other in a circle cannot be understood or loaded one at a time; types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'The import does not exist on disk or in node_modules.',
      severity: 'error',
      from: {},
      // What is built, and what bench/ alone installs, need not be there.
      to: { couldNotResolve: true, pathNot: ['(^|/)dist/', '^postgraphile'] },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Code that is shipped imports no test.',
      severity: 'error',
      from: PRODUCTION,
      to: { path: TESTS },
    },
    {
      name: 'no-dev-dependency-in-production',
      comment: 'Code that is shipped imports only what package.json names under "dependencies".',
      severity: 'error',
      from: PRODUCTION,
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        // Types are gone at run time.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'platform-stands-alone',
      comment: 'The platform has no business words: it imports none of our other folders.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: TESTS },
      to: { path: OURS, pathNot: '^src/platform/' },
    },
    {
      name: 'events-know-the-platform-only',
      comment: 'Events are told by modules, so they know none of them.',
      severity: 'error',
      from: { path: '^src/events/', pathNot: TESTS },
      to: { path: OURS, pathNot: '^src/(events|platform)/' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration is written once and must do the same for ever: it imports nothing of ours.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: OURS },
    },
    {
      name: 'adapters-know-the-port-only',
      comment: 'An adapter imports the port, its words for rendering, and the platform; never another adapter.',
      severity: 'error',
      from: { path: '^integrations/([^/]+)/', pathNot: TESTS },
      to: {
        path: OURS,
        pathNot: [
          '^integrations/$1/',
          '^src/ingest/(connector|rendering|oauth\\.grant|short\\.message)\\.ts$',
          '^src/erp/port\\.ts$',
          '^src/platform/',
        ],
      },
    },
    {
      // The command line is a second root: its imports read a file through `archive`, which no server plugs in.
      name: 'adapters-are-plugged-in-by-the-app',
      comment:
        'Only src/app.connectors.ts (and the command line, for its imports) names an adapter; the web chat brings routes of its own.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: ['^src/app(\\.connectors|\\.erps)?\\.ts$', '^src/cli/', TESTS] },
      to: { path: '^integrations/' },
    },
    {
      name: 'nothing-imports-the-roots',
      comment: 'app.ts is used by the command line, the command line by main.ts: no arrow runs back up.',
      severity: 'error',
      from: { path: '^(src|integrations|migrations)/', pathNot: ['^src/(cli/|main\\.ts$)', TESTS] },
      to: { path: '^src/(cli/|demo/|app\\.ts$|main\\.ts$)', pathNot: '^src/demo/' },
    },
    {
      name: 'demo-is-for-the-command-line',
      comment: 'Example records are made by `vinculo demo` only: production never has them.',
      severity: 'error',
      from: { path: '^(src|integrations|migrations)/', pathNot: ['^src/(cli|demo)/', TESTS] },
      to: { path: '^src/demo/' },
    },
    {
      // The port's vocabulary (networks, kinds of posts) is a leaf of `social`; through its index, every adapter would
      // load the whole model.
      name: 'modules-have-one-door',
      comment: 'A module is entered by its index.ts only.',
      severity: 'error',
      from: {
        path: '^(src|integrations|migrations)/',
        pathNot: ['^src/modules/', '^src/ingest/connector(\\.(connection|faults|http|inbound|outbound))?\\.ts$', TESTS],
      },
      to: { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'modules-have-one-door-for-each-other',
      comment: 'A module is entered by its index.ts only.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'the-port-names-words-only',
      comment: 'The port imports the platform, and of the modules only the vocabulary of networks.',
      severity: 'error',
      from: { path: '^src/ingest/connector(\\.(connection|faults|http|inbound|outbound))?\\.ts$' },
      to: {
        path: OURS,
        pathNot: [
          '^src/ingest/connector\\.(connection|faults|http|inbound|outbound)\\.ts$',
          '^src/modules/social/networks\\.ts$',
          '^src/platform/',
        ],
      },
    },
    {
      name: 'modules-know-nothing-above',
      comment: 'A module never imports ingest, graphql, the app or the command line.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/(ingest|dispatch|graphql|cli|demo)/|^src/(app|app\\.(connectors|erps|background)|main)\\.ts$' },
    },
    {
      name: 'ingest-and-graphql-are-strangers',
      comment: 'What comes in and what is shown meet in the modules and in events only.',
      severity: 'error',
      from: { path: '^src/(ingest|graphql)/', pathNot: TESTS },
      to: { path: '^src/(ingest|graphql)/', pathNot: '^src/$1/' },
    },
    {
      name: 'dispatch-goes-out-by-the-port',
      comment:
        'What sends knows the port, what makes an adapter ready, and the one way by which posts are kept; nothing but the app knows it.',
      severity: 'error',
      from: { path: '^src/dispatch/', pathNot: TESTS },
      to: {
        path: OURS,
        pathNot: [
          '^src/dispatch/',
          '^src/ingest/(connector|registry|context|ingest\\.service|inbound\\.rules)\\.ts$',
          '^src/modules/[^/]+/index\\.ts$',
          '^src/(events|platform)/',
        ],
      },
    },
    {
      name: 'dispatch-is-opened-by-the-app',
      comment: 'What comes in, what is shown and what is kept do not send: they put a job into the queue.',
      severity: 'error',
      from: { path: '^(src|integrations|migrations)/', pathNot: ['^src/(dispatch/|app(\\.background)?\\.ts$)', TESTS] },
      to: { path: '^src/dispatch/' },
    },
    {
      name: 'erp-goes-out-by-the-port',
      comment: 'What keeps ERPs in step knows the port and the modules; which adapters there are, the app says.',
      severity: 'error',
      from: { path: '^src/erp/', pathNot: TESTS },
      to: { path: OURS, pathNot: ['^src/erp/', '^src/modules/[^/]+/index\\.ts$', '^src/(events|platform)/'] },
    },
    {
      name: 'the-port-to-erps-stands-alone',
      comment: 'An adapter learns nothing of us through its port.',
      severity: 'error',
      from: { path: '^src/erp/port\\.ts$' },
      to: { path: OURS },
    },
    {
      name: 'erp-is-opened-by-the-app',
      comment:
        'The engine is opened by the app; its port is for adapters, and for the module that keeps what they bring.',
      severity: 'error',
      from: {
        path: '^(src|integrations|migrations)/',
        pathNot: ['^src/(erp/|app(\\.(erps|background))?\\.ts$)', TESTS],
      },
      to: { path: '^src/erp/', pathNot: '^src/erp/port\\.ts$' },
    },
    ...tierRules,
    {
      // Beside entities: the schema's building blocks, other modules' doors, pure rules and words (which import no role
      // back), and a port's types. The design says "only entities"; an enum or a formula that a field needs is no reason
      // for a second copy.
      name: 'entities-know-entities',
      comment: 'An entity imports entities, the schema shapes, other modules by their door, and pure rules and words.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/.+\\.entity\\.ts$' },
      to: {
        path: OURS,
        pathNot: [
          '^src/platform/(schema/|money\\.ts$)',
          '\\.entity\\.ts$',
          '\\.rules\\.ts$',
          // The module's vocabulary.
          '^src/modules/$1/(roles|networks|visibility\\.defaults)\\.ts$',
          '^src/modules/$1/[^/]+\\.directory\\.ts$',
          '^src/modules/$1/[^/]+/index\\.ts$',
          '^src/modules/(?!$1/)[^/]+/index\\.ts$',
        ],
      },
    },
    {
      name: 'services-know-no-graphql',
      comment: 'What can be done does not depend on how it is asked for.',
      severity: 'error',
      from: { path: '^src/modules/.+\\.service\\.ts$' },
      to: {
        path: ['node_modules/(type-graphql|graphql|graphql-[^/]+|@apollo)/', '\\.resolver\\.ts$', '\\.streams\\.ts$'],
      },
    },
    {
      name: 'resolvers-know-no-database',
      comment: 'A resolver asks a service, a loader or a read model; it knows no TypeORM, no pg and no transaction.',
      severity: 'error',
      from: { path: '^src/modules/.+\\.resolver\\.ts$' },
      to: { path: ['node_modules/(typeorm|pg|kysely)/', '^src/platform/database/'] },
    },
    {
      name: 'loaders-know-no-services',
      comment: 'A loader reads in bulk; it does nothing.',
      severity: 'error',
      from: { path: '^src/modules/.+\\.loaders\\.ts$' },
      to: { path: '\\.(service|resolver)\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule is a pure function: it imports no database and nothing that does or answers.',
      severity: 'error',
      from: { path: '^src/modules/.+\\.rules\\.ts$' },
      to: {
        path: [
          'node_modules/(typeorm|pg|kysely)/',
          '^src/platform/database/',
          '\\.(service|resolver|loaders|queries)\\.ts$',
        ],
      },
    },
    {
      // In other modules the request comes through the door of `access`, so this can be seen in `access` only; the
      // linter's `noRestrictedImports` holds the rest.
      name: 'services-do-not-see-the-request',
      comment:
        'A service is given a transaction and its input; only resolvers, loaders and read models see the request.',
      severity: 'error',
      from: { path: '^src/modules/access/.+\\.(service|entity|rules)\\.ts$' },
      to: { path: '^src/modules/access/context\\.ts$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|bench/node_modules|test/servers/node_modules)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      // Packages of types only have no other.
      mainFields: ['module', 'main', 'typings'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};

import { Command, Option } from 'commander';
import { settings } from '../platform/config.js';
import type { ArchiveOptions } from './archive.import.js';
import type { ExportOptions } from './export.command.js';
import type { ReplayOptions } from './hooks.command.js';
import type { ImportOptions } from './import.command.js';
import { runVerb } from './verb.js';

interface JsonOption {
  json?: boolean;
}

/** Reads the arguments, runs the verb and answers the exit code. Verbs are loaded when they are called: help stays quick. */
export async function run(argv: string[]): Promise<number> {
  // A reader that has seen enough, such as `head`, ends the output and is no failure of ours.
  process.stdout.on('error', () => {});
  let exitCode = 0;
  const verb =
    <Args extends unknown[]>(
      work: (stop: Parameters<Parameters<typeof runVerb>[0]>[0], ...args: Args) => Promise<number>,
    ) =>
    async (...args: Args) => {
      exitCode = await runVerb(stop => work(stop, ...args));
    };
  const program = new Command('vinculo')
    .description('A social CRM that is queried: customers, what they say anywhere, and one GraphQL schema over it.')
    .helpCommand(false)
    .showHelpAfterError('(Add --help to see how it is used.)');

  program
    .command('start')
    .description('Run the server. It updates its database by itself and holds nothing but what you put in.')
    .addHelpText(
      'after',
      `\nIt is configured by environment variables, or a file .env in the current folder:\n${settingsTable()}`,
    )
    .action(verb(async stop => (await import('./start.command.js')).start(stop)));

  program
    .command('demo')
    .description('Run a throw-away server with an example organisation that receives new mentions all the time.')
    .action(verb(async stop => (await import('./demo.command.js')).demo(stop)));

  program
    .command('migrate')
    .description('Bring the database up to date and say what was done. Starting the server does this as well.')
    .action(verb(async stop => (await import('./migrate.command.js')).migrateDatabase(stop)));

  program
    .command('doctor')
    .description(
      'Check everything the product stands on, line by line: ok, or why not. Exit code 1 when something is not.',
    )
    .option('--json', 'print one JSON object')
    .action(verb(async (stop, options: JsonOption) => (await import('./doctor.command.js')).doctor(stop, options)));

  const organizations = program.command('organizations').description('Organisations: each sees only what is its own.');
  organizations
    .command('create <slug>')
    .description('Make an organisation. The slug is its short name, in commands and addresses.')
    .requiredOption('--name <name>', 'what people call it')
    .option('--json', 'print {"id": …}')
    .action(
      verb(async (stop, slug: string, options: { name: string } & JsonOption) =>
        (await import('./access.command.js')).createOrganizationVerb(stop, slug, options),
      ),
    );

  const keys = program.command('keys').description('API keys: how programs sign in.');
  keys
    .command('create')
    .description('Make an API key and print it. It is shown this once: only its digest is kept.')
    .requiredOption('--organization <slug>', 'whose key it is')
    .requiredOption('--role <role>', 'what it may do: OWNER, ADMIN, MANAGER, AGENT, ANALYST, PARTNER or CUSTOMER')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--json', 'print {"id": …, "key": …}')
    .action(
      verb(async (stop, options: { organization: string; role: string; name: string } & JsonOption) =>
        (await import('./access.command.js')).createKeyVerb(stop, options),
      ),
    );

  program
    .command('credentials')
    .description('Credentials of accounts, which are kept sealed.')
    .command('rotate')
    .description(
      'Seal everything anew that is not sealed with CREDENTIALS_KEY, beside a running server or without one.',
    )
    .option('--json', 'print {"resealed": …, "current": …, "lost": …}')
    .action(
      verb(async (stop, options: JsonOption) => (await import('./credentials.command.js')).rotateVerb(stop, options)),
    );

  const imports = program
    .command('import')
    .description('Read an archive: CSV with a header row, or NDJSON, plain or gzip. Again, it adds nothing twice.');
  withImportOptions(imports.command('posts <file>'))
    .description('Import posts with their authors, mentions and everything read from their text.')
    .option('--kind <kind>', 'what the posts are, where no column says it: MENTION, COMMENT, POST, REVIEW …', 'MENTION')
    .addHelpText(
      'after',
      '\nFields: id, author, text, occurredAt; also url, title, kind, language, inReplyTo, authorId, displayName, followers.',
    )
    .action(
      verb(async (stop, file: string, options: ImportOptions & { kind: string }) =>
        (await import('./import.command.js')).importPosts(stop, file, options),
      ),
    );
  withArchiveOptions(imports.command('records <kind> <file>'))
    .description('Import customers, products, prices, leads, opportunities, activities or contracts.')
    .option(
      '--map <pairs>',
      'which column fills which field: field=column,field=column; unless said they are called alike',
    )
    .addHelpText('after', '\nThe fields of each kind: vinculo import fields.')
    .action(
      verb(async (stop, kind: string, file: string, options: ArchiveOptions & { map?: string }) =>
        (await import('./records.command.js')).importRecords(stop, kind, file, options),
      ),
    );
  imports
    .command('fields')
    .description('Print what can be imported and exported, field by field.')
    .action(verb(async () => (await import('./records.command.js')).describeRecords()));
  withImportOptions(imports.command('interactions <file>'))
    .description('Import who acted on whom: mentions, replies, quotes, reposts, comments and likes.')
    .addHelpText('after', '\nFields: from, to, occurredAt, kind; also post.')
    .action(
      verb(async (stop, file: string, options: ImportOptions) =>
        (await import('./import.command.js')).importInteractions(stop, file, options),
      ),
    );

  const exports = program.command('export').description('Write what is kept to a file.');
  exports
    .command('records <kind> <file>')
    .description('Export all records of a kind as CSV; what can be imported comes out under the same names.')
    .requiredOption('--organization <slug>', 'of which organisation')
    .option('--json', 'print {"file": …}')
    .action(
      verb(async (stop, kind: string, file: string, options: { organization: string } & JsonOption) =>
        (await import('./records.command.js')).exportRecords(stop, kind, file, options),
      ),
    );
  exports
    .command('graph <file>')
    .description('Export who has to do with whom: ties as CSV or Parquet, people and ties as GraphML or GEXF.')
    .requiredOption('--organization <slug>', 'of which organisation')
    .option('--format <format>', 'csv, parquet, graphml or gexf', 'csv')
    .option('--wait <seconds>', 'how long to wait until the latest interactions are added up', '60')
    .option('--json', 'print {"file": …}')
    .action(
      verb(async (stop, file: string, options: ExportOptions) =>
        (await import('./export.command.js')).exportGraphVerb(stop, file, options),
      ),
    );

  program
    .command('hooks')
    .description('What networks sent to /hooks.')
    .command('replay')
    .description('Read again what could not be read, with the adapters as they are now. Nothing is kept twice by it.')
    .requiredOption('--organization <slug>', 'of which organisation')
    .option('--all', 'also what was read already, as far as it is still kept')
    .option('--json', 'print {"count": …}')
    .action(
      verb(async (stop, options: ReplayOptions) => (await import('./hooks.command.js')).replayHooksVerb(stop, options)),
    );

  await program.parseAsync(argv);
  return exitCode;
}

function withImportOptions(command: Command): Command {
  return withArchiveOptions(command)
    .requiredOption('--network <network>', 'where it was said: X, BLUESKY, MASTODON, BLOG …')
    .requiredOption('--map <pairs>', 'which column fills which field: field=column,field=column');
}

function withArchiveOptions(command: Command): Command {
  return command
    .requiredOption('--organization <slug>', 'into which organisation')
    .option('--dry-run', 'do everything and keep nothing: see what an import would do')
    .option('--rejected <file>', 'where rows that cannot be taken are written, with line, column and reason')
    .option('--delimiter <character>', 'what stands between the cells of a CSV file; "tab" for a tabulator', ',')
    .addOption(new Option('--batch <rows>', 'rows in one transaction').default(4000).argParser(Number))
    .option('--json', 'print {"read": …, "imported": …, "unchanged": …, "rejected": …}');
}

function settingsTable(): string {
  const rows = Object.entries(settings.shape).map(([name, setting]) => {
    const standard = setting.safeParse(undefined);
    const value = standard.success && standard.data !== undefined ? ` [${standard.data}]` : '';
    return `  ${name.padEnd(26)}${setting.description ?? ''}${value}`;
  });
  return rows.join('\n');
}

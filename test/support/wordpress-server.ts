import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './subscriber.js';

const run = promisify(execFile);
const SOURCE = '/usr/share/wordpress';
const PHP = '/usr/bin/php';
const NEEDED = [SOURCE, PHP, '/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db'];

/** Whether Debian's packages wordpress, php-cli, php-mysql and mariadb-server are installed. */
export function hasWordPress(): boolean {
  return NEEDED.every(path => existsSync(path));
}

/** A real WordPress of its own: one post, one example comment, an administrator with an Application Password. */
export interface WordPressServer {
  url: string;
  username: string;
  applicationPassword: string;
  /** Comments as a visitor does, by the form under the post; WordPress holds a stranger's first comment back. */
  comment(author: { name: string; email: string }, text: string, parent?: string): Promise<void>;
  /** Asks the REST interface as the administrator. */
  api(method: string, path: string, body?: object): Promise<{ status: number; body: any }>;
  /** The post's page, as a visitor sees it. */
  page(): Promise<string>;
  close(): Promise<void>;
}

/** Installs with WordPress's own functions, without the web form, and prints a password for the interface. */
const INSTALL = `<?php
  define('WP_INSTALLING', true);
  require __DIR__ . '/wp-load.php';
  require_once ABSPATH . 'wp-admin/includes/upgrade.php';
  add_filter('pre_wp_mail', '__return_true');
  wp_install('Blog ACME', 'admin', 'admin@acme.example', true, '', 'not a secret');
  update_option('siteurl', getenv('SITE_URL'));
  update_option('home', getenv('SITE_URL'));
  $wpdb->query("update $wpdb->posts set guid = concat('" . getenv('SITE_URL') . "/?p=', ID)");
  switch_theme('plain');
  [$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'test']);
  echo "\\nPASSWORD=$password";
`;

/** Debian's themes are packages of their own; this one shows a post and its comments as WordPress nests them. */
const THEME = `<?php while (have_posts()) { the_post(); the_title(); the_content();
  wp_list_comments(['per_page' => 0], get_comments(['post_id' => get_the_ID(), 'status' => 'approve', 'order' => 'ASC']));
}`;

export async function openWordPress(): Promise<WordPressServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wordpress-'));
  const processes: ChildProcess[] = [];
  const close = async () => {
    for (const each of processes.reverse()) {
      if (each.exitCode !== null || each.signalCode !== null) continue;
      process.kill(-each.pid!, 'SIGKILL');
      await once(each, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const [socket] = await Promise.all([openDatabase(folder, processes), copySite(folder, url)]);
    await eventually(() => existsSync(socket));
    const site = join(folder, 'site');
    const env = { ...process.env, SITE_URL: url, PHP_CLI_SERVER_WORKERS: '3' };
    const { stdout } = await run(PHP, [join(site, 'install.php')], { env });
    const applicationPassword = stdout.match(/PASSWORD=(\w+)/)?.[1];
    if (!applicationPassword) throw new Error(`WordPress was not installed: ${stdout.slice(-500)}`);
    // A group of its own, for the server does not end its workers when it is killed.
    const php = spawn(PHP, ['-S', `127.0.0.1:${port}`, '-t', site], { env, stdio: 'ignore', detached: true });
    processes.push(php);
    await eventually(() =>
      fetch(`${url}/?rest_route=/`).then(
        response => response.ok,
        () => false,
      ),
    );
    return { ...clientOf(url, applicationPassword), url, username: 'admin', applicationPassword, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDatabase(folder: string, processes: ChildProcess[]): Promise<string> {
  const data = join(folder, 'data');
  const socket = join(folder, 'db.sock');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const at = ['--no-defaults', `--datadir=${data}`, ...user];
  await run('mariadb-install-db', [...at, '--auth-root-authentication-method=normal', '--skip-test-db']);
  const setup = join(folder, 'setup.sql');
  await writeFile(setup, 'create database wordpress character set utf8mb4;\n');
  processes.push(
    spawn(
      '/usr/sbin/mariadbd',
      [...at, `--socket=${socket}`, '--skip-networking', `--init-file=${setup}`, '--innodb-flush-log-at-trx-commit=0'],
      { stdio: 'ignore', detached: true },
    ),
  );
  return socket;
}

async function copySite(folder: string, url: string): Promise<void> {
  const site = join(folder, 'site');
  await cp(SOURCE, site, { recursive: true, dereference: true });
  await rm(join(site, 'wp-config.php'), { force: true });
  await mkdir(join(site, 'wp-content', 'uploads'), { recursive: true });
  await writeFile(join(site, 'install.php'), INSTALL);
  const theme = join(site, 'wp-content', 'themes', 'plain');
  await mkdir(theme, { recursive: true });
  await writeFile(join(theme, 'style.css'), '/* Theme Name: Plain */');
  await writeFile(join(theme, 'index.php'), THEME);
  await writeFile(
    join(site, 'wp-config.php'),
    `<?php
    define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
    define('DB_HOST', 'localhost:${join(folder, 'db.sock')}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
    define('WP_ENVIRONMENT_TYPE', 'local'); define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
    define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
    define('WP_HOME', '${url}'); define('WP_SITEURL', '${url}');
    $table_prefix = 'wp_';
    if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
    require_once ABSPATH . 'wp-settings.php';
    `,
  );
}

function clientOf(url: string, password: string): Pick<WordPressServer, 'comment' | 'api' | 'page'> {
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  return {
    async comment({ name, email }, text, parent = '0') {
      const form = { author: name, email, url: '', comment: text, comment_post_ID: '1', comment_parent: parent };
      const response = await fetch(`${url}/wp-comments-post.php`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      });
      if (response.status !== 302) throw new Error(`The form answered ${response.status}: ${await response.text()}`);
    },
    async api(method, path, body) {
      const response = await fetch(`${url}/?rest_route=${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    page: () => fetch(`${url}/?p=1`).then(response => response.text()),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

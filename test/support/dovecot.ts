import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

const PROGRAM = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find(path => existsSync(path));

/** What tests of mail need and this machine lacks, in words; undefined where a real IMAP server can be started. */
export const missingDovecot: string | undefined = PROGRAM
  ? undefined
  : 'Dovecot is not installed (Debian: dovecot-imapd, dovecot-lmtpd), so mail is not tested against a real server.';

export interface Dovecot {
  host: string;
  port: number;
  password: string;
  /** Hands a mail over as a mail server does, by LMTP. Anybody's mailbox exists; `name+Sent@…` is one among several. */
  deliver(mail: string | Buffer, to: string, from?: string): Promise<void>;
  /** Ends every session, and comes back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Deletes a mailbox and gives its mails new UIDs under another UIDVALIDITY. */
  renumber(user: string): void;
}

/** A Dovecot of its own in a temporary directory, on loopback, without TLS. */
export async function startDovecot(): Promise<Dovecot> {
  // Sockets have short names only, so not below a deep temporary directory.
  const root = mkdtempSync('/tmp/dovecot-');
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'mail'));
  const { uid, gid } = mailOwner();
  if (userInfo().uid === 0) chownSync(join(root, 'mail'), uid, gid);
  const port = await freePort();
  const config = join(root, 'dovecot.conf');
  const password = 'flour-and-water';
  writeFileSync(config, configuration(root, port, password));
  const lmtp = join(root, 'run/lmtp');
  let child = await start(config, port);

  return {
    host: '127.0.0.1',
    port,
    password,
    async deliver(mail, to, from = 'sender@elsewhere.example') {
      const connection = new SMTPConnection({ lmtp: true, connection: await connected(lmtp), logger: false });
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.connect(() => {
          const text = typeof mail === 'string' ? mail.replace(/\r?\n/g, '\r\n') : mail;
          connection.send({ from, to: [to] }, text, error => (error ? reject(error) : resolve()));
        });
      }).finally(() => connection.close());
    },
    async restart() {
      await stopped(child);
      child = await start(config, port);
    },
    async stop() {
      await stopped(child);
      rmSync(root, { recursive: true, force: true });
    },
    renumber(user) {
      const admin = (...args: string[]) => execFileSync('doveadm', ['-c', config, ...args]);
      admin('mailbox', 'create', '-u', user, 'Elsewhere');
      admin('move', '-u', user, 'Elsewhere', 'mailbox', 'INBOX', 'all');
      const now = Math.floor(Date.now() / 1000);
      admin('mailbox', 'update', '-u', user, '--uid-validity', String(now + 1000), 'INBOX');
      admin('move', '-u', user, 'INBOX', 'mailbox', 'Elsewhere', 'all');
    },
  };
}

/** Dovecot keeps no mail as root: then it belongs to nobody. */
function mailOwner(): { uid: number; gid: number } {
  const { uid, gid } = userInfo();
  return uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid, gid };
}

function configuration(root: string, port: number, password: string): string {
  const { username } = userInfo();
  const { uid, gid } = mailOwner();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const isRoot = username === 'root';
  return `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = ${isRoot ? 'dovecot' : username}
default_internal_group = ${isRoot ? 'dovecot' : group}
default_login_user = ${isRoot ? 'dovenull' : username}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = ${uid}
mail_gid = ${gid}
mail_location = maildir:${root}/mail/%u
mail_fsync = never
lmtp_save_to_detail_mailbox = yes
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${root}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Drafts {
    special_use = \\Drafts
    auto = subscribe
  }
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
  ${isRoot ? '' : 'chroot ='}
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
`;
}

async function start(config: string, port: number): Promise<ChildProcess> {
  const child = spawn(PROGRAM!, ['-F', '-c', config], { stdio: 'ignore', detached: true });
  const until = Date.now() + 10_000;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error('Dovecot did not start.');
    await new Promise(done => setTimeout(done, 20));
  }
  return child;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  // Asked to end, it lets sessions that idle live on for up to ten seconds. They are all of its own process group.
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    // The greeting says that logins are served, not only that the port is taken.
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('close', () => resolve(false));
  });
}

async function connected(path: string): Promise<net.Socket> {
  const socket = net.connect(path);
  await new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('error', reject));
  return socket;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

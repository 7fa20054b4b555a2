import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, removeCluster, type ProcessIdentity } from '../../libs/dev-stack/src';

const root = join(__dirname, '..', '..');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `nself status --json` says, as far as tests look at it. */
export interface Status {
  readonly running: boolean;
  readonly ready: boolean;
  readonly supervisor: number;
  readonly addresses: Readonly<Record<string, string>>;
  readonly moved: readonly { readonly name: string; readonly wanted: number; readonly got: number }[];
  readonly processes: readonly {
    readonly name: string;
    readonly state: string;
    readonly pid?: number;
    readonly restarts: number;
  }[];
}

export interface InstallationOptions {
  /** Run every command as this user; needs root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly env?: Readonly<Record<string, string>>;
}

/** An installation in a folder of its own, used as a person uses it: through `./nself` and nothing else. */
export class Installation {
  readonly folder: string;
  private addresses: Status['addresses'] = {};

  constructor(private readonly options: InstallationOptions = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'nself-installation-')));
    const { user } = options;
    if (user) chownSync(this.folder, user.uid, user.gid);
    chmodSync(this.folder, 0o755);
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const child = this.spawn(args, env);
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>(resolve => child.once('close', resolve)),
    ]);
    return { code, stdout, stderr };
  }

  /** Starts a command and leaves it to the caller. */
  spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(join(root, 'nself'), args, {
      cwd: this.folder,
      env: { ...plain(), NSELF_DIR: this.folder, ...this.options.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...this.options.user,
    });
  }

  /** Brings the stack up in the background. @throws Error with everything that was printed. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<Status> {
    const { code, stdout, stderr } = await this.run(['start', '--detach'], env);
    if (code !== 0) throw new Error(`the stack did not start:\n${stdout}${stderr}`);
    const status = await this.status();
    this.addresses = status.addresses;
    return status;
  }

  /** The address of a service since the last start; a path may follow. */
  url(service: string, path = ''): string {
    return `${this.addresses[service]}${path}`;
  }

  async status(): Promise<Status> {
    return JSON.parse((await this.run(['status', '--json'])).stdout) as Status;
  }

  stop(): Promise<Finished> {
    return this.run(['stop']);
  }

  setting(name: string): string | undefined {
    const line = new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(
      readFileSync(join(this.folder, '.env'), 'utf8'),
    );
    return line?.[1];
  }

  /** Every live process that belongs to this installation: by its environment, or by the folder it works in. */
  processes(): ProcessIdentity[] {
    const state = join(this.folder, '.nself');
    const homes = [
      state,
      ...(existsSync(join(state, 'postgres')) ? [realpathSync(join(state, 'postgres'))] : []),
    ];
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name) && belongs(name, this.folder, homes))
      .flatMap(pid => identify(Number(pid)) ?? []);
  }

  /** Ends what runs and deletes the folder. */
  async remove(): Promise<void> {
    await this.stop();
    if (existsSync(join(this.folder, '.nself', 'postgres')))
      removeCluster(join(this.folder, '.nself', 'postgres'));
    rmSync(this.folder, { recursive: true });
  }
}

function belongs(pid: string, folder: string, homes: readonly string[]): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return (
      environment.includes(`NSELF_STATE=${join(folder, '.nself')}`) ||
      (environment.includes(`NSELF_DIR=${folder}`) && command.includes('supervise')) ||
      homes.some(home => command.includes(home))
    );
  } catch {
    return false;
  }
}

/** What every process needs; nothing of the test run's own settings, which would count as configured by hand. */
function plain(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

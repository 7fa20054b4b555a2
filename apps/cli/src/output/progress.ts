import type { StackEvent } from '../supervisor/report';
import { colours, isInteractive, marks, print, seconds } from './terminal';

/**
 * Shows how a stack comes up: one line for each step that is done, and on a terminal, below them, a moving line with what
 * is being waited for.
 */
export class Progress {
  private readonly waiting = new Set<string>();
  private readonly moving = isInteractive();
  private turn = 0;
  private timer?: NodeJS.Timeout;

  show(event: StackEvent): void {
    this.clearLine();
    if (event.kind === 'begun') this.waiting.add(event.step);
    if (event.kind === 'done') this.done(event);
    if (event.kind === 'note') print(`  ${marks.note} ${event.text}`);
    this.move();
  }

  end(): void {
    clearInterval(this.timer);
    this.waiting.clear();
    this.clearLine();
  }

  private done({ step, detail, ms }: Extract<StackEvent, { kind: 'done' }>): void {
    for (const waiting of this.waiting) if (waiting.startsWith(step)) this.waiting.delete(waiting);
    const took = colours.dim(seconds(ms).padStart(7));
    print(`  ${marks.good} ${step.padEnd(16)} ${took}  ${detail}`.trimEnd());
  }

  private move(): void {
    if (!this.moving) return;
    this.timer ??= setInterval(() => this.draw(), 80).unref();
    this.draw();
  }

  private draw(): void {
    const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
    if (this.waiting.size === 0) return;
    this.turn += 1;
    const line = `  ${frames[this.turn % frames.length]} ${[...this.waiting].join(', ')}`;
    process.stdout.write(`\r\u001b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
  }

  private clearLine(): void {
    if (this.moving) process.stdout.write('\r\u001b[2K');
  }
}

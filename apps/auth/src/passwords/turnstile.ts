/**
 * Lets a fixed number of tasks run at once and makes the others wait in order.
 *
 * Hashing runs on the thread pool that file and name look-ups also use; without a turnstile a crowd of
 * sign-ins would fill every thread and stall the rest of the service.
 */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(seats: number) {
    this.free = seats;
  }

  async pass<T>(task: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

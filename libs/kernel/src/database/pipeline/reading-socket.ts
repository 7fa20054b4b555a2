import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';

const READ_BYTES = 64 * 1024;

/**
 * A socket that reads into one buffer again and again; what it tells with `data` is a view that the next read writes
 * over. Node would allocate as much anew for each read, outside of its heap: under large answers that is what makes it
 * collect garbage several times a second, all of it, the larger the program the longer.
 */
export function readingSocket(): Socket {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const callback = (size: number): boolean => {
    socket.emit('data', buffer.subarray(0, size));
    return true;
  };
  const options: SocketConstructorOpts & { onread: OnReadOpts } = { onread: { buffer, callback } };
  const socket = new Socket(options);
  return socket;
}

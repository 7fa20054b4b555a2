/**
 * Header of one unfragmented, unmasked text frame (RFC 6455, 5.2). Writing it ourselves lets one payload Buffer be
 * shared by thousands of sockets: only the few bytes around it are made for each.
 */
export function textFrameHeader(size: number): Buffer {
  if (size < 126) return Buffer.from([TEXT_FIN, size]);
  if (size < 0x10000) {
    const header = Buffer.from([TEXT_FIN, 126, 0, 0]);
    header.writeUInt16BE(size, 2);
    return header;
  }
  const header = Buffer.from([TEXT_FIN, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64BE(BigInt(size), 2);
  return header;
}

const TEXT_FIN = 0x81;

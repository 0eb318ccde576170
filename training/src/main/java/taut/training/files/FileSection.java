package taut.training.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/// Streams the bytes of a file from one position up to another and ends there, whatever follows.
///
/// Reads are not buffered; the channel stays open and keeps its own position.
final class FileSection extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  FileSection(FileChannel channel, long begin, long end) {
    this.channel = channel;
    this.position = begin;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int count = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
    position += Math.max(count, 0);
    return count;
  }
}

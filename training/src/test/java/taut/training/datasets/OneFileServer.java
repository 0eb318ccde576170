package taut.training.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A web server on this machine that gives the same answer to everybody.
final class OneFileServer implements AutoCloseable {
  private final ServerSocket socket;

  OneFileServer(int status, byte[] body) throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(status, body));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  private void serve(int status, byte[] body) {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        answer(caller, status, body);
      } catch (IOException e) {
        // The caller hung up, or the server is closed, which ends the loop.
      }
    }
  }

  private static void answer(Socket caller, int status, byte[] body) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {}
    OutputStream out = caller.getOutputStream();
    String head =
        "HTTP/1.1 "
            + status
            + " Answer\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

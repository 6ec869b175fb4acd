using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MedTune.Tests.Models;

/// <summary>An HTTP server on this machine that answers as a test says, lies included: it writes the very bytes it is told.</summary>
internal sealed class UnreliableServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Request, Reply> _answer;
    private readonly CancellationTokenSource _stop = new();

    public UnreliableServer(Func<Request, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>What was asked for so far.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>The address of a path on this server.</summary>
    public string Address(string path = "model.onnx") =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}");

    /// <summary>Answers a request as an honest server does: the whole, or the part from where it is asked for.</summary>
    public static Reply Honest(Request request, byte[] file) => request.From is int from
        ? new Reply(206, file[from..]) { Header = $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}" }
        : new Reply(200, file);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string path = (await reader.ReadLineAsync(_stop.Token) ?? "").Split(' ')[1];
        int? from = null;
        for (string? line = await reader.ReadLineAsync(_stop.Token); !string.IsNullOrEmpty(line); line = await reader.ReadLineAsync(_stop.Token))
        {
            from = line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase)
                ? int.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
                : from;
        }

        var request = new Request(path, from);
        Requests.Enqueue(request);
        Reply reply = _answer(request);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {reply.Status} Status\r\nContent-Length: {reply.AnnouncedLength ?? reply.Body.Length}\r\nConnection: close\r\n{(reply.Header is null ? "" : reply.Header + "\r\n")}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        await stream.WriteAsync(reply.Body.AsMemory(0, Math.Min(reply.Body.Length, reply.SentBytes ?? int.MaxValue)), _stop.Token);
        await stream.FlushAsync(_stop.Token);
        await Task.Delay(reply.Pause, _stop.Token);
    }

    /// <summary>A request: its path, and from which byte on it asks.</summary>
    internal sealed record Request(string Path, int? From);

    /// <summary>What is sent.</summary>
    internal sealed record Reply(int Status, byte[] Body)
    {
        /// <summary>One more header line.</summary>
        public string? Header { get; init; }

        /// <summary>The length that is claimed; the true one by default.</summary>
        public int? AnnouncedLength { get; init; }

        /// <summary>Bytes after which the connection breaks.</summary>
        public int? SentBytes { get; init; }

        /// <summary>How long the connection stays open without a byte.</summary>
        public TimeSpan Pause { get; init; }
    }
}

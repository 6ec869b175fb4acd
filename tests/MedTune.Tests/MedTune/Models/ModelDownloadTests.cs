using System.Security.Cryptography;
using MedTune.Prediction;
using MedTune.Tests.House;

namespace MedTune.Tests.Models;

/// <summary>Fetching models from a server that breaks connections, lies about lengths and serves other bytes.</summary>
public sealed class ModelDownloadTests : IDisposable
{
    private static readonly byte[] File = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7) ^ (i >> 8)))];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pull_HonestServer_FetchesOnceAndTellsHowFar()
    {
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, File));
        var told = new Told();
        var (path, fetched) = await PullAsync(server, told);
        AssertWhole(path);
        Assert.Equal(File.Length, fetched);
        Assert.Equal(File.Length / 1024, told.Last!.Done);
        Assert.Equal(File.Length / 1024, told.Last.Total);
        Assert.Equal((path, 0), await PullAsync(server));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(1)]
    public async Task Pull_ConnectionBreaks_GoesOnWhereItBroke(int bytes)
    {
        int requests = 0;
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, File) with { SentBytes = requests++ < 4 ? bytes : null });
        AssertWhole((await PullAsync(server)).Path);
        Assert.Equal([null, bytes, 2 * bytes, 3 * bytes], server.Requests.Take(4).Select(request => request.From));
    }

    [Fact]
    public async Task Pull_ServerGoesAway_KeepsThePartForTheNextCall()
    {
        bool isDown = false;
        using var server = new UnreliableServer(request =>
        {
            var reply = UnreliableServer.Honest(request, File) with { SentBytes = isDown ? 0 : 120_000 };
            isDown = true;
            return reply;
        });
        string message = await RefusedAsync(server);
        Assert.Contains("120000 of 300000 bytes are kept", message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.Path), path => path.EndsWith(".part", StringComparison.Ordinal));

        using var again = new UnreliableServer(request => UnreliableServer.Honest(request, File));
        var (path, fetched) = await PullAsync(again);
        AssertWhole(path);
        Assert.Equal(180_000, fetched);
        Assert.Equal(120_000, Assert.Single(again.Requests).From);
    }

    [Fact]
    public async Task Pull_ServerIgnoresTheRange_StartsAnew()
    {
        int requests = 0;
        using var server = new UnreliableServer(_ => new(200, File) { SentBytes = requests++ == 0 ? 50_000 : null });
        AssertWhole((await PullAsync(server)).Path);
    }

    [Fact]
    public async Task Pull_ServerSendsAnotherPart_IsNotMixedIn()
    {
        using var server = new UnreliableServer(request => request.From is null
            ? new(200, File) { SentBytes = 50_000 }
            : new(206, File[1000..]) { Header = $"Content-Range: bytes 1000-{File.Length - 1}/{File.Length}" });
        Assert.Contains("could not be fetched", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_OtherBytes_AreThrownAway()
    {
        byte[] other = [.. File];
        other[1234] ^= 1;
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, other));
        string message = await RefusedAsync(server);
        Assert.Contains("sha256", message, StringComparison.Ordinal);
        Assert.Contains("thrown away", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(300_000)]
    public async Task Pull_LongerFile_IsRefused(int? announced)
    {
        // With the right length announced, what is sent beyond it is cut off by the protocol; the digest tells.
        byte[] longer = [.. File, 1, 2, 3];
        longer[5]++;
        using var server = new UnreliableServer(_ => new(200, longer) { AnnouncedLength = announced });
        string message = await RefusedAsync(server);
        Assert.Contains(announced is null ? "another file" : "sha256", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), path => path.EndsWith(".onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_ShorterFile_IsRefusedAfterAFewAttempts()
    {
        using var server = new UnreliableServer(request => request.From is null
            ? new(200, File[..200_000])
            : new(416, []) { Header = "Content-Range: bytes */200000" });
        Assert.Contains("could not be fetched", await RefusedAsync(server), StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 2, 8);
    }

    [Fact]
    public async Task Pull_ServerStopsSending_IsNotWaitedForForever()
    {
        int requests = 0;
        using var server = new UnreliableServer(request =>
            UnreliableServer.Honest(request, File) with { SentBytes = requests++ == 0 ? 70_000 : null, Pause = TimeSpan.FromSeconds(requests == 1 ? 2 : 0) });
        using var download = new ModelDownload(new ModelStore(_folder.Path), TimeSpan.FromSeconds(0.5));
        AssertWhole((await download.PullAsync(Entry(server.Address()), ["MIT"])).Path);
    }

    [Fact]
    public async Task Pull_Redirection_IsFollowed_AndACircleIsNot()
    {
        using var server = new UnreliableServer(request => request.Path switch
        {
            "/model.onnx" => new(302, []) { Header = "Location: /elsewhere/blob" },
            "/circle" => new(302, []) { Header = "Location: /circle" },
            _ => UnreliableServer.Honest(request, File),
        });
        AssertWhole((await PullAsync(server)).Path);
        var circle = Entry(server.Address("circle")) with { File = "other.onnx" };
        using var download = new ModelDownload(new ModelStore(_folder.Path));
        Assert.Contains("answered 302", (await Assert.ThrowsAsync<ModelFileException>(() => download.PullAsync(circle, ["MIT"]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Pull_ErrorOfTheServer_IsSaid(int status)
    {
        using var server = new UnreliableServer(_ => new(status, [1, 2, 3]));
        Assert.Contains($"answered {status}", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_NoServer_IsSaid()
    {
        string address;
        using (var server = new UnreliableServer(_ => new(200, [])))
        {
            address = server.Address();
        }

        using var download = new ModelDownload(new ModelStore(_folder.Path));
        var refused = await Assert.ThrowsAsync<ModelFileException>(() => download.PullAsync(Entry(address), ["MIT"]));
        Assert.Contains("the connection failed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_LicenceNotAccepted_AsksNobody()
    {
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, File));
        using var download = new ModelDownload(new ModelStore(_folder.Path));
        var refused = await Assert.ThrowsAsync<PlanException>(() => download.PullAsync(Entry(server.Address()), ["Apache-2.0", "mit"]));
        Assert.Contains("--accept-licence MIT", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Pull_WithoutAddress_TakesTheFileThatWasPutThere()
    {
        using var download = new ModelDownload(new ModelStore(_folder.Path));
        var entry = Entry(null);
        Assert.Contains("Put the file model.onnx", (await Assert.ThrowsAsync<ModelFileException>(() => download.PullAsync(entry, ["MIT"]))).Message, StringComparison.Ordinal);
        string path = Path.Combine(_folder.Path, "model.onnx");
        await System.IO.File.WriteAllBytesAsync(path, File);
        Assert.Equal((path, 0), await download.PullAsync(entry, ["MIT"]));
        await System.IO.File.WriteAllBytesAsync(path, new byte[File.Length]);
        Assert.Contains("differs", (await Assert.ThrowsAsync<ModelFileException>(() => download.PullAsync(entry, ["MIT"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_Stopped_KeepsWhatArrived()
    {
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, File) with { SentBytes = 90_000, Pause = TimeSpan.FromSeconds(30) });
        using var stop = new CancellationTokenSource();
        var told = new Told(progress => Stop(progress, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(server, told, stop.Token));
        Assert.Equal(90_000, new FileInfo(Assert.Single(Directory.GetFiles(_folder.Path))).Length);

        static void Stop(TrainingProgress progress, CancellationTokenSource stop)
        {
            if (progress.Done == 90_000 / 1024)
            {
                stop.Cancel();
            }
        }
    }

    private static CatalogueEntry Entry(string? source) => new()
    {
        Name = "sample",
        Description = "A sample",
        Architecture = "none",
        Modality = "none",
        File = "model.onnx",
        Size = File.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(File)),
        Licence = "MIT",
        Source = source,
    };

    private static void AssertWhole(string path)
    {
        Assert.Equal(File, System.IO.File.ReadAllBytes(path));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(path)!), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    private async Task<(string Path, long Fetched)> PullAsync(UnreliableServer server, Told? told = null, CancellationToken cancellation = default)
    {
        using var download = new ModelDownload(new ModelStore(_folder.Path));
        return await download.PullAsync(Entry(server.Address()), ["MIT"], told, cancellation);
    }

    private async Task<string> RefusedAsync(UnreliableServer server) =>
        (await Assert.ThrowsAsync<ModelFileException>(() => PullAsync(server))).Message;

    /// <summary>The last that was told, on the thread that told it.</summary>
    private sealed class Told(Action<TrainingProgress>? also = null) : IProgress<TrainingProgress>
    {
        public TrainingProgress? Last { get; private set; }

        public void Report(TrainingProgress value)
        {
            Last = value;
            also?.Invoke(value);
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune;

/// <summary>Fetches pretrained models into a <see cref="ModelStore"/>.</summary>
/// <remarks>
/// What arrives goes into a part file beside the model's place; only when length and SHA-256 are those of the catalogue is it renamed, so the model's
/// name never stands for half of it or for something else. A broken connection is taken up where it broke, also by the next call.
/// </remarks>
public sealed class ModelDownload : IDisposable
{
    // Attempts in a row that come no further than those before, and attempts in all: then it gives up.
    private const int IdleAttempts = 3;
    private const int Attempts = 100;
    private const int Unit = 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly ModelStore _store;
    private readonly HttpClient _client;
    private readonly TimeSpan _stall;

    /// <summary>Fetches into a store.</summary>
    /// <param name="store">Where models lie.</param>
    /// <param name="stall">How long a server may send nothing before the connection counts as broken. Default 30 seconds.</param>
    public ModelDownload(ModelStore store, TimeSpan? stall = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _stall = stall ?? TimeSpan.FromSeconds(30);
        _client = new HttpClient(new SocketsHttpHandler { MaxAutomaticRedirections = 5, ConnectTimeout = _stall }) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("medtune", typeof(ModelDownload).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>Makes sure that a model is there; one that is there already, with its digest, is left as it is.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="acceptedLicences">Names of licences that the user accepts.</param>
    /// <param name="progress">Told how far it is, in kilobytes.</param>
    /// <param name="cancellation">Stops; what has arrived is kept.</param>
    /// <returns>Where the file is, and how many bytes had to be fetched.</returns>
    /// <exception cref="PlanException">The licence was not accepted.</exception>
    /// <exception cref="ModelFileException">The file could not be had, or is not the one of the catalogue; the message says what to do.</exception>
    /// <exception cref="DataException">The folder cannot be written.</exception>
    public async Task<(string Path, long Fetched)> PullAsync(
        CatalogueEntry entry, IReadOnlyCollection<string> acceptedLicences, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(acceptedLicences);
        if (!acceptedLicences.Contains(entry.Licence, StringComparer.Ordinal))
        {
            throw new PlanException($"'{entry.Name}' comes under the licence {entry.Licence}, which was not accepted; read it, and if it suits give --accept-licence {entry.Licence}.");
        }

        string path = _store.PathOf(entry);
        if (_store.IsWhole(entry))
        {
            return (path, 0);
        }

        if (entry.Source is null)
        {
            throw new ModelFileException(File.Exists(path)
                ? $"'{path}' is not the file of '{entry.Name}': its length or sha256 differs from the catalogue's ({entry.Size} bytes, {entry.Sha256[..12]}...). Put the right one there."
                : $"'{entry.Name}' has no address to fetch it from. Put the file {entry.File} (sha256 {entry.Sha256[..12]}...) into '{_store.Folder}', or give its address in a catalogue of your own.");
        }

        try
        {
            Directory.CreateDirectory(_store.Folder);
            return (path, await FetchAsync(entry, path, progress, cancellation).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The folder '{_store.Folder}' cannot be written, or another program is fetching the same model: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<long> FetchAsync(CatalogueEntry entry, string path, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        string part = _store.PartOf(entry);
        long fetched;
        using (var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            file.Seek(0, SeekOrigin.End);
            if (file.Length > entry.Size)
            {
                file.SetLength(0);
            }

            fetched = await FillAsync(entry, file, progress, cancellation).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        string digest = ModelStore.DigestOf(part);
        if (digest != entry.Sha256)
        {
            File.Delete(part);
            throw new ModelFileException(
                $"What {Host(entry)} sent as '{entry.Name}' has the sha256 {digest[..12]}..., not {entry.Sha256[..12]}... as the catalogue says. It was thrown away; try again, and if it stays so do not trust that address.");
        }

        File.Move(part, path, overwrite: true);
        return fetched;
    }

    /// <summary>Asks again and again until the file is full, as long as every few attempts bring something.</summary>
    private async Task<long> FillAsync(CatalogueEntry entry, FileStream file, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        long fetched = 0;
        long furthest = file.Length;
        string reason = "";
        for (int attempt = 0, idle = 0; file.Length < entry.Size; attempt++)
        {
            if (idle == IdleAttempts || attempt == Attempts)
            {
                throw new ModelFileException(string.Create(CultureInfo.InvariantCulture,
                    $"'{entry.Name}' could not be fetched from {Host(entry)}: {reason}. {file.Length} of {entry.Size} bytes are kept; the same command goes on from there."));
            }

            await Task.Delay(Pause * idle, cancellation).ConfigureAwait(false);
            long before = file.Length;
            try
            {
                await AttemptAsync(entry, file, progress, cancellation).ConfigureAwait(false);
                reason = "the connection ended early";
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested && IsBrokenConnection(exception))
            {
                reason = exception is OperationCanceledException ? "the server stopped sending" : $"the connection failed ({exception.GetBaseException().Message.TrimEnd('.')})";
            }

            fetched += Math.Max(0, file.Length - before);
            idle = file.Length > furthest ? 0 : idle + 1;
            furthest = Math.Max(furthest, file.Length);
        }

        return fetched;
    }

    private async Task AttemptAsync(CatalogueEntry entry, FileStream file, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(_stall);
        using var request = new HttpRequestMessage(HttpMethod.Get, entry.Source);
        request.Headers.Range = file.Length > 0 ? new RangeHeaderValue(file.Length, null) : null;
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            file.SetLength(0); // the next attempt asks for the whole
            return;
        }

        Check(entry, response, file);
        using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            stall.CancelAfter(_stall);
            int read = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            if (file.Length + read > entry.Size)
            {
                file.SetLength(0);
                throw Longer(entry, "more");
            }

            file.Write(buffer, 0, read);
            progress?.Report(new TrainingProgress($"fetching {entry.Name}, kilobytes", (int)(file.Length / Unit), (int)(entry.Size / Unit), ""));
        }
    }

    /// <summary>Refuses what cannot be the file before a byte of it is stored; a server that cannot send a part makes the file start anew.</summary>
    private static void Check(CatalogueEntry entry, HttpResponseMessage response, FileStream file)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ModelFileException(string.Create(CultureInfo.InvariantCulture,
                $"{Host(entry)} answered {(int)response.StatusCode} for '{entry.Name}'; check the address in the catalogue, and whether this machine may reach it."));
        }

        var range = response.Content.Headers.ContentRange;
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && range?.From == file.Length;
        if (!continues)
        {
            file.SetLength(0);
        }

        if (response.StatusCode == HttpStatusCode.PartialContent && !continues)
        {
            throw new HttpRequestException("the server sent another part than the one asked for");
        }

        long? announced = response.Content.Headers.ContentLength + file.Length;
        if (announced > entry.Size)
        {
            file.SetLength(0);
            throw Longer(entry, string.Create(CultureInfo.InvariantCulture, $"{announced}"));
        }
    }

    private static ModelFileException Longer(CatalogueEntry entry, string bytes) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Host(entry)} has {bytes} bytes for '{entry.Name}', which has {entry.Size} by the catalogue; it is another file. Nothing of it was kept; check the address in the catalogue."));

    private static bool IsBrokenConnection(Exception exception) =>
        exception is HttpRequestException or HttpIOException or OperationCanceledException || (exception is IOException && exception.InnerException is System.Net.Sockets.SocketException);

    private static string Host(CatalogueEntry entry) => new Uri(entry.Source!).Authority;
}

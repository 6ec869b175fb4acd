using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What a pretrained network sees in the pictures, computed once for a picture and kept for later runs under its content.</summary>
internal static class CachedFeatures
{
    // So many pictures are lost at most when a run is killed.
    private const int Together = 1000;

    /// <summary>The features of every picture.</summary>
    /// <param name="data">The pictures.</param>
    /// <param name="plan">Which network, and what of it.</param>
    /// <param name="backbone">The network at the plan's side.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="note">Told where nothing can be kept.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Stops.</param>
    public static ImageFeatureSet Of(
        ImageData data, ImagePlan plan, ImageBackbone backbone, TaskPool pool, Action<string, string> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var all = new ImageFeatureSet(data.Rows, 1, backbone.Width, new float[data.Rows * backbone.Width]);
        using var cache = Open(plan, backbone, note);
        int[] missing = [.. Enumerable.Range(0, data.Rows).Where(row => cache?.TryRead(DigestOf(data, row), all.Row(row)) != true)];
        using var features = missing.Length > 0 ? new ImageFeatures(backbone, pool) : null;
        for (int start = 0; start < missing.Length; start += Together)
        {
            int[] rows = missing[start..Math.Min(missing.Length, start + Together)];
            var computed = features!.Of(rows.Length, i => data.Read(rows[i]), progress: Shifted(progress, start, missing.Length), cancellation: cancellation);
            for (int i = 0; i < rows.Length; i++)
            {
                computed.Row(i).CopyTo(all.Row(rows[i]));
                cache?.Add(DigestOf(data, rows[i]), computed.Row(i));
            }

            cache?.Save();
        }

        note("features", string.Create(CultureInfo.InvariantCulture, $"{backbone.Width} of each picture at {backbone.Normalization.Height} x {backbone.Normalization.Width} pixels; {data.Rows - missing.Length} pictures were known"));
        return all;
    }

    private static FeatureCache? Open(ImagePlan plan, ImageBackbone backbone, Action<string, string> note)
    {
        string folder = Path.Combine(UserFolder.Path, "features");
        string key = string.Create(CultureInfo.InvariantCulture, $"{NumericsProfile.Version} {plan.NetworkDigest} {plan.Pooling} {backbone.Features} {plan.Features} {string.Join('+', plan.Views)} {backbone.Normalization.Height} {backbone.Normalization.Width}");
        try
        {
            return new FeatureCache(folder, SHA256.HashData(Encoding.UTF8.GetBytes(key)), backbone.Width);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            note("features", $"they are not kept: '{folder}' cannot be written");
            return null;
        }
    }

    private static byte[] DigestOf(ImageData data, int row) => SHA256.HashData(Encoding.UTF8.GetBytes(data.Measures(row).Digest));

    private static Part? Shifted(IProgress<TrainingProgress>? listener, int start, int total) => listener is null ? null : new Part(listener, start, total);

    private sealed class Part(IProgress<TrainingProgress> listener, int start, int total) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report(value with { Done = start + value.Done, Total = total });
    }
}

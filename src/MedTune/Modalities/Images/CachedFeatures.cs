using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedTune.Data;
using MedTune.Data.Augmentation;
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
    /// <param name="variants">Forms of each picture: itself, and changed ones as the plan's augmentation has them.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="note">Told where nothing can be kept.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="DataException">There are more of them than can be kept at once.</exception>
    public static ImageFeatureSet Of(
        ImageData data, ImagePlan plan, ImageBackbone backbone, int variants, ulong seed, TaskPool pool, Action<string, string> note, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if ((long)data.Rows * variants * backbone.Width > Array.MaxLength)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{data.Rows} pictures in {variants} forms have more features than can be kept at once; give fewer with --tune head-variants."));
        }

        var all = new ImageFeatureSet(data.Rows, variants, backbone.Width, new float[data.Rows * variants * backbone.Width]);
        using var cache = Open(plan, backbone, note);
        int[] missing = [.. Enumerable.Range(0, data.Rows).Where(row => !Enumerable.Range(0, variants).All(variant => cache?.TryRead(DigestOf(data, plan, row, variant, seed), all.Row(row, variant)) == true))];
        using var features = missing.Length > 0 ? new ImageFeatures(backbone, pool) : null;
        for (int start = 0; start < missing.Length; start += Together)
        {
            int[] rows = missing[start..Math.Min(missing.Length, start + Together)];
            var computed = features!.Of(
                rows.Length, i => data.Read(rows[i]), variants, AugmentationPreset.Of(plan.Augmentation), seed, rows, Shifted(progress, start, missing.Length), cancellation);
            for (int i = 0; i < rows.Length; i++)
            {
                for (int variant = 0; variant < variants; variant++)
                {
                    computed.Row(i, variant).CopyTo(all.Row(rows[i], variant));
                    cache?.Add(DigestOf(data, plan, rows[i], variant, seed), computed.Row(i, variant));
                }
            }

            cache?.Save();
        }

        note("features", string.Create(CultureInfo.InvariantCulture, $"{backbone.Width} of each picture at {backbone.Normalization.Height} x {backbone.Normalization.Width} pixels; {data.Rows - missing.Length} pictures were known{(variants > 1 ? $", in {variants} forms" : "")}"));
        return all;
    }

    /// <summary>The folder; null, with a note, where it cannot be made.</summary>
    public static string? Folder(Action<string, string> note)
    {
        string folder = Path.Combine(UserFolder.Path, "features");
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            note("features", $"they are not kept: '{folder}' cannot be written");
            return null;
        }
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

    private static byte[] DigestOf(ImageData data, ImagePlan plan, int row, int variant, ulong seed) => SHA256.HashData(Encoding.UTF8.GetBytes(
        variant == 0 ? data.Measures(row).Digest : string.Create(CultureInfo.InvariantCulture, $"{data.Measures(row).Digest} {plan.Augmentation} {seed} {row} {variant}")));

    private static Part? Shifted(IProgress<TrainingProgress>? listener, int start, int total) => listener is null ? null : new Part(listener, start, total);

    private sealed class Part(IProgress<TrainingProgress> listener, int start, int total) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report(value with { Done = start + value.Done, Total = total });
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>The pictures of a MedMNIST archive.</summary>
internal static class MedMnistSet
{
    /// <summary>Opens it.</summary>
    /// <exception cref="DataException">The archive is damaged or of another form.</exception>
    public static ImageSet Open(string path, ImageSetOptions options)
    {
        using var file = File.OpenRead(path);
        var parts = MedMnistFile.Read(file, path);
        int each = parts[0].LabelsEach;
        if (parts.Any(part => part.LabelsEach != each || part.Width != parts[0].Width || part.Height != parts[0].Height || part.Channels != parts[0].Channels))
        {
            throw new DataException($"{path}: its parts differ in the size of the pictures or in the number of labels: save them alike.");
        }

        bool hasSeveral = each > 1;
        if (hasSeveral && parts.Any(part => part.Labels.Any(label => label > 1)))
        {
            throw new DataException($"{path}: has {each} labels a picture, and some are neither 0 nor 1: each stands for one finding that is there or not.");
        }

        int count = hasSeveral ? each : parts.Max(part => part.Labels.Max()) + 1;
        var classes = Named(count, options.ClassNames, path);
        var samples = ImmutableArray.CreateBuilder<ImageSample>();
        foreach (var part in parts)
        {
            for (int i = 0; i < part.Count; i++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{part.Name}/{i}");
                samples.Add(new ImageSample(name, [.. part.Labels.AsSpan(i * each, each)], Part: part.Name) { Place = new PicturePlace("", i, part.Name) });
            }
        }

        var byName = parts.ToImmutableDictionary(part => part.Name, StringComparer.Ordinal);
        return new ImageSet(path, classes, hasSeveral, samples.ToImmutable(), [], (place, _) => byName[place.Part!].Picture((int)place.Index));
    }

    private static ImmutableArray<string> Named(int count, ImmutableArray<string> names, string path)
    {
        if (count < 2)
        {
            throw new DataException($"{path}: has one class only; a model needs at least two classes to tell apart.");
        }

        if (names.Length > 0 && names.Length != count)
        {
            throw new DataException($"{path}: has {count} classes, and {names.Length} names were given: name all of them or none.");
        }

        return names.Length > 0 ? names : [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }
}

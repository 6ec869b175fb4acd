using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Reads files of the MedMNIST form: arrays <c>train_images</c>, <c>train_labels</c> and the same for <c>val</c> and <c>test</c> (Yang et al., Scientific Data 10:41, 2023).</summary>
internal static class MedMnistFile
{
    private const int LargestClass = 65535;
    private static readonly ImmutableArray<string> Names = ["train", "val", "test"];

    /// <summary>The parts of the file, in the order train, val, test; those that are not there are left out.</summary>
    /// <exception cref="DataException">The file is damaged or of another form.</exception>
    public static ImmutableArray<MedMnistPart> Read(Stream stream, string where)
    {
        var arrays = NpzArchive.Read(stream, where);
        var parts = Names.Where(name => arrays.ContainsKey($"{name}_images")).Select(name => Part(name, arrays, where)).ToImmutableArray();
        return parts.Length > 0
            ? parts
            : throw new DataException($"{where}: has none of the arrays train_images, val_images and test_images: give an archive of the MedMNIST form.");
    }

    private static MedMnistPart Part(string name, ImmutableSortedDictionary<string, NpyArray> arrays, string where)
    {
        var images = arrays[$"{name}_images"];
        bool isPictures = images.Shape.Length is 3 || (images.Shape.Length == 4 && images.Shape[3] is 1 or 3);
        if (images.Header.Type != "u1" || !isPictures || images.Shape.Contains(0))
        {
            throw new DataException(
                $"{where}: {name}_images must be bytes of the shape [pictures, height, width] or [pictures, height, width, 3], and not empty; it is {Described(images)}.");
        }

        if (!arrays.TryGetValue($"{name}_labels", out var labels) || labels.Shape.Length is < 1 or > 2 || labels.Shape[0] != images.Shape[0] || labels.Header.Count == 0)
        {
            throw new DataException($"{where}: {name}_labels must be there with one row for each of the {images.Shape[0]} pictures.");
        }

        int each = labels.Shape.Length == 2 ? (int)labels.Shape[1] : 1;
        int channels = images.Shape.Length == 4 ? (int)images.Shape[3] : 1;
        return new MedMnistPart(name, (int)images.Shape[0], (int)images.Shape[2], (int)images.Shape[1], channels, images.Bytes, Classes(labels, name, where), each);
    }

    private static ImmutableArray<int> Classes(NpyArray labels, string name, string where)
    {
        var classes = ImmutableArray.CreateBuilder<int>((int)labels.Header.Count);
        for (long i = 0; i < labels.Header.Count; i++)
        {
            double label = labels[i];
            if (!(label >= 0 && label <= LargestClass) || label != Math.Floor(label))
            {
                throw new DataException($"{where}: {name}_labels must be whole numbers from 0 on; row {i} holds something else.");
            }

            classes.Add((int)label);
        }

        return classes.MoveToImmutable();
    }

    private static string Described(NpyArray array) => $"{array.Header.Type} [{string.Join(", ", array.Shape)}]";
}

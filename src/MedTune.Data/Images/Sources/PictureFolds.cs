using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>Folds of pictures that the user gives: a table with the columns <c>row</c> (a picture as <c>predictions.csv</c> names it, a file for all its frames or slices, or
/// the picture's number) and <c>fold</c>.</summary>
public static class PictureFolds
{
    /// <summary>Reads a fold file. It is followed exactly, even where it tears patients or equal pictures apart.</summary>
    /// <param name="path">A CSV or TSV file, plain or gzipped.</param>
    /// <param name="images">All pictures.</param>
    /// <param name="inspection">What was found in them.</param>
    /// <param name="samples">Numbers of those that are used; folds are numbered by the places in this list.</param>
    /// <param name="classes">The class of each of those.</param>
    /// <exception cref="DataException">A picture is not there or listed twice, a fold is no whole number, there are fewer than two folds, or a class is in one only.</exception>
    public static FoldFile Read(string path, ImageSet images, ImageInspection inspection, IReadOnlyList<int> samples, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(classes);
        string name = $"The fold file '{path}'";
        var table = TableReader.Read(path);
        int[] folds = FoldFile.WholeNumbers(table, "fold", name);
        int[] numbers = [.. folds.Distinct().Order()];
        var rows = table.Find("row") ?? throw new DataException($"{name} has no column 'row': it names the pictures as predictions.csv does.");
        var places = Places(images);
        var lineOf = new int[images.Samples.Length];
        for (int line = 0; line < folds.Length; line++)
        {
            foreach (int sample in Found(rows[line], places, images.Samples.Length)
                ?? throw new DataException($"{name} lists a picture in its data row {line + 1} that is not among those at hand: name it as predictions.csv does, such as '{images.Samples[0].Name}', or give its number from 0."))
            {
                if (lineOf[sample] > 0)
                {
                    throw new DataException($"{name} lists '{images.Samples[sample].Name}' twice (its data rows {lineOf[sample]} and {line + 1}): each picture is predicted once.");
                }

                lineOf[sample] = line + 1;
            }
        }

        int[] foldOfRow = [.. samples.Select(sample => lineOf[sample] == 0 ? -1 : Array.BinarySearch(numbers, folds[lineOf[sample] - 1]))];
        int leftOut = lineOf.Count(line => line > 0) - foldOfRow.Count(fold => fold >= 0);
        bool hasPatients = samples.Any(sample => images.Samples[sample].Patient is not null);
        var dealt = new FoldedRows(
            [.. classes],
            images.Classes,
            hasPatients ? [.. inspection.Groups(images, samples, joinsTwins: false)] : null,
            [.. inspection.Groups(images, samples, joinsPatients: false)],
            "pictures",
            "they cannot be read, show nothing or have no label");
        return FoldFile.Checked(foldOfRow, numbers, leftOut, dealt, name);
    }

    // By name, and by the file alone where it holds several.
    private static Dictionary<string, List<int>> Places(ImageSet images)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < images.Samples.Length; i++)
        {
            string own = images.Samples[i].Name;
            int mark = own.LastIndexOf('#');
            foreach (string word in mark > 0 ? new[] { own, own[..mark] } : [own])
            {
                if (!places.TryGetValue(word, out var list))
                {
                    places.Add(word, list = []);
                }

                list.Add(i);
            }
        }

        return places;
    }

    // A name that a spreadsheet would carry out as a formula was written with an apostrophe in front.
    private static List<int>? Found(string row, Dictionary<string, List<int>> places, int count) =>
        places.TryGetValue(row, out var found) || places.TryGetValue(row.TrimStart('\''), out found) ? found
        : int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < count ? [number]
        : null;
}

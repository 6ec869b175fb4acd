using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;

namespace MedTune.GeneBenchmark;

/// <summary>Reads the sets of a data folder as models see them.</summary>
internal static class GeneTables
{
    /// <summary>Measurements with labels.</summary>
    public static GeneData Expression(string folder)
    {
        string matrix = Directory.GetFiles(folder, "matrix.*").Single();
        var set = ExpressionSet.Open(matrix, Path.Combine(folder, "labels.csv"), new ExpressionOptions { Target = "label" });
        int genes = set.Matrix.Genes.Length;
        var values = new float[set.Labels.Length * genes];
        for (int row = 0; row < set.Labels.Length; row++)
        {
            set.Matrix.Row(row).CopyTo(values.AsSpan(row * genes));
        }

        return new GeneData
        {
            Input = GeneForm.Expression,
            ClassNames = set.Classes,
            Classes = set.Labels,
            Groups = [.. Enumerable.Range(0, set.Labels.Length)],
            Features = set.Matrix.Genes,
            Values = values,
        };
    }

    /// <summary>Dosages with labels.</summary>
    public static GeneData Genotypes(string variants, string labels, string target)
    {
        var set = GenotypeSet.Open(variants, labels, new GenotypeOptions { Target = target });
        int width = set.Variants.Length;
        var values = new float[set.Labels.Length * width];
        for (int variant = 0; variant < width; variant++)
        {
            var dosages = set.Variants[variant].Dosages;
            for (int row = 0; row < set.Labels.Length; row++)
            {
                values[(row * width) + variant] = dosages[row] < 0 ? float.NaN : dosages[row];
            }
        }

        return new GeneData
        {
            Input = GeneForm.Genotype,
            ClassNames = set.Classes,
            Classes = set.Labels,
            Groups = GenotypeInspection.Run(set).Groups,
            Features = [.. set.Variants.Select(variant => variant.Id)],
            Values = values,
        };
    }

    /// <summary>Fixed folds.</summary>
    public static FoldAssignment Folds(string path, int rows)
    {
        var table = TableReader.Read(path);
        var folds = new int[rows];
        Array.Fill(folds, -1);
        for (int i = 0; i < table.RowCount; i++)
        {
            folds[int.Parse(table["row"][i], System.Globalization.CultureInfo.InvariantCulture)] = int.Parse(table["fold"][i], System.Globalization.CultureInfo.InvariantCulture);
        }

        return new FoldAssignment(folds, folds.Max() + 1);
    }
}

using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>A matrix of measurements with the labels of its samples.</summary>
public sealed class ExpressionSet
{
    private ExpressionSet(ExpressionMatrix matrix, SampleLabels labels, MatrixOrientation orientation, ImmutableArray<Finding> findings)
    {
        (Matrix, Orientation, Findings) = (matrix, orientation, findings);
        (Labels, Classes, Target) = (labels.Labels, labels.Classes, labels.Target);
    }

    /// <summary>The measurements; the samples in the order of the table of labels.</summary>
    public ExpressionMatrix Matrix { get; }

    /// <summary>For each sample the number of its class.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Names of the classes; the positive one last where there are two.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>What the labels are called.</summary>
    public string Target { get; }

    /// <summary>How the matrix lies in its file.</summary>
    public MatrixOrientation Orientation { get; }

    /// <summary>What was found and done while reading.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Reads a matrix and the table of labels and joins them by sample.</summary>
    /// <param name="matrix">CSV or TSV, plain or packed: the first row names the columns, the first column the rows.</param>
    /// <param name="labels">A table with a column of samples and one of labels.</param>
    /// <param name="options">What a person says about them.</param>
    /// <exception cref="DataException">A file is refused, it is not clear how the matrix lies, or there is one class only.</exception>
    public static ExpressionSet Open(string matrix, string labels, ExpressionOptions? options = null)
    {
        options ??= ExpressionOptions.Default;
        var findings = new List<Finding>();
        var (samples, names, target) = SampleLabels.ReadTable(labels, options.Sample, options.Target, findings);
        using var file = GeneFile.Open(matrix);
        var read = new MatrixReader(file, options, target, findings).Read();
        var orientation = MatrixSides.Decide(read, options.Orientation, new HashSet<string>(samples, StringComparer.Ordinal), file.Where, Path.GetFileName(labels), findings);
        bool areRows = orientation == MatrixOrientation.SamplesInRows;
        var measured = areRows ? read.Rows : read.Columns;
        var joined = SampleLabels.Join(samples, names, target, Path.GetFileName(labels), options.Positive, measured, file.Where, findings);
        return new ExpressionSet(MatrixSides.Arrange(read, areRows, joined.Samples, file.Where, findings), joined, orientation, [.. findings]);
    }
}

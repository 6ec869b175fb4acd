using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator of <c>ai.onnx.ml</c> on a table of numbers: [rows, columns], or a list that is one row.</summary>
internal abstract class LearningOperator : Operator
{
    public override string Domain => "ai.onnx.ml";

    public override int MinimumInputs => 1;

    /// <summary>Refuses an input that is no table of numbers.</summary>
    protected static TensorType Table(ShapeContext context, int input = 0)
    {
        var type = context.Require(input, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        return !type.HasRank || type.Rank is 1 or 2
            ? type
            : throw context.Error($"its input is {type}; one row per sample and one column per feature was expected.");
    }

    /// <summary>The rows of a table.</summary>
    protected static Dimension Rows(TensorType table) => !table.HasRank ? Dimension.Unknown : table.Rank == 1 ? 1 : table.Dimensions[0];

    /// <summary>A Float output with one row per row of a table.</summary>
    protected static TensorType PerRow(TensorType table, Dimension columns) => new(ElementType.Float, [Rows(table), columns]);

    /// <summary>Rows and columns of a concrete table.</summary>
    protected static (int Rows, int Columns) Size(Shape table) => table.Rank == 1 ? (1, table[0]) : (table[0], table[1]);

    /// <summary>A list of floats as doubles; a fill value as long as <paramref name="length"/> when it is not there.</summary>
    protected static double[] Numbers(Attributes attributes, string name, int length = 0, double otherwise = 0) =>
        attributes.Floats(name) is { IsDefaultOrEmpty: false } list ? [.. list.Select(value => (double)value)] : [.. Enumerable.Repeat(otherwise, length)];

    /// <summary>A list of one number per column, or of one for all.</summary>
    protected static double[] PerColumn(KernelContext context, string name, int columns, double otherwise)
    {
        double[] list = Numbers(context.Attributes, name, columns, otherwise);
        return list.Length == columns ? list
            : list.Length == 1 ? [.. Enumerable.Repeat(list[0], columns)]
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its '{name}' has {list.Length} numbers; 1 or one per column ({columns}) was expected."));
    }
}

using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Columns;

/// <summary>Turns measured columns into graph nodes: raw columns in, standardised features and level codes out.</summary>
/// <remarks>
/// Numbers are filled with the training median, standardised, and where missing values were common enough followed by a centred
/// "is missing" flag. Categories become codes: 0 for a level never seen, 1 for missing, then the levels in order.
/// </remarks>
internal static class ColumnPreprocessing
{
    public const string Features = "features";

    /// <summary>The name of the matrix that trees take.</summary>
    public const string TreeFeatures = "tree-features";

    private const float MissingCode = float.MinValue;

    private const double NaturalLogarithmOfTwo = 0.69314718055994531;

    /// <summary>The name of a category's codes in the graph.</summary>
    public static string CodesOf(string column) => $"codes/{column}";

    /// <summary>Appends the inputs and the preprocessing.</summary>
    /// <returns>The features, Float [N, F] (null when there are none), and the categories.</returns>
    public static (Value? Features, ImmutableArray<LevelCodes> Codes) Append(
        GraphBuilder builder, IReadOnlyList<MeasuredColumn> columns, bool logarithms = false)
    {
        var inputs = columns.ToDictionary(
            column => column.Name,
            column => builder.Input(
                column.Name, column.Use == ColumnUse.Category ? ElementType.String : ElementType.Float, Dimension.Batch, 1),
            StringComparer.Ordinal);
        var numbers = columns.Where(column => column.Use == ColumnUse.Number).ToImmutableArray();
        Value? features = numbers.Length == 0 ? null : AppendNumbers(builder, numbers, inputs, logarithms);
        var codes = columns.Where(column => column.Use != ColumnUse.Number)
            .Select(column => AppendCodes(builder, column, inputs[column.Name]))
            .ToImmutableArray();
        return (features, codes);
    }

    /// <summary>Appends the inputs as trees take them: numbers as they are, missing as NaN; categories as codes.</summary>
    /// <returns>Float [N, columns], in the order of the columns.</returns>
    public static Value AppendForTrees(GraphBuilder builder, IReadOnlyList<MeasuredColumn> columns)
    {
        var parts = ImmutableArray.CreateBuilder<Value>(columns.Count);
        foreach (var column in columns)
        {
            var input = builder.Input(
                column.Name, column.Use == ColumnUse.Category ? ElementType.String : ElementType.Float, Dimension.Batch, 1);
            if (column.Use == ColumnUse.Number)
            {
                parts.Add(input);
                continue;
            }

            var codes = AppendCodes(builder, column, input).Codes;
            var numbers = builder.Append("Cast", [codes], Attributes.None.With("to", (int)ElementType.Float));
            parts.Add(builder.Append("Reshape", [numbers, builder.Constant(Tensor.Vector(-1L, 1L), "one-column")]));
        }

        return builder.Append("Concat", parts.ToImmutable().AsSpan(), Attributes.None.With("axis", 1), outputName: TreeFeatures);
    }

    /// <summary>What each feature is, in order: its column, a label, and what one standardised unit is in the column's own unit.</summary>
    public static IEnumerable<(string Column, string Label, double Scale)> Describe(IReadOnlyList<MeasuredColumn> columns, bool logarithms)
    {
        var numbers = columns.Where(column => column.Use == ColumnUse.Number).ToImmutableArray();
        foreach (var column in numbers)
        {
            // A binary logarithm: one more is a doubling.
            yield return logarithms && column.IsLongTailed
                ? (column.Name, $"log2 of {column.Name}", column.LogDeviation / NaturalLogarithmOfTwo)
                : (column.Name, column.Name, column.Deviation);
        }

        foreach (var column in numbers.Where(column => column.HasMissingFlag))
        {
            yield return (column.Name, $"{column.Name} is missing", 0);
        }
    }

    private static Value AppendNumbers(
        GraphBuilder builder, ImmutableArray<MeasuredColumn> numbers, Dictionary<string, Value> inputs, bool logarithms)
    {
        var flagged = numbers.Where(column => column.HasMissingFlag).ToImmutableArray();
        var raw = numbers.Length == 1
            ? inputs[numbers[0].Name]
            : builder.Append("Concat", [.. numbers.Select(column => inputs[column.Name])], Attributes.None.With("axis", 1));
        var missing = builder.Append("IsNaN", [raw]);
        var filled = builder.Append("Where", [missing, Row(builder, "fill", numbers, column => column.Fill), raw]);
        filled = logarithms ? AppendLogarithms(builder, numbers, filled) : filled;
        var centered = builder.Append("Sub", [filled, Row(builder, "mean", numbers, column => IsLog(column) ? column.LogMean : column.Mean)]);
        var scale = Row(builder, "scale", numbers, column => Inverse(IsLog(column) ? column.LogDeviation : column.Deviation));
        var scaled = builder.Append("Mul", [centered, scale], outputName: flagged.Length == 0 ? Features : null);
        if (flagged.Length == 0)
        {
            return scaled;
        }

        var flags = builder.Append("Cast", [missing], Attributes.None.With("to", (int)ElementType.Float));
        var places = Tensor.Vector<long>([.. flagged.Select(column => (long)numbers.IndexOf(column))]);
        var chosen = builder.Append("Gather", [flags, builder.Constant(places, "flagged")], Attributes.None.With("axis", 1));
        var share = Row(builder, "missing-share", flagged, column => (double)column.Missing / column.Count);
        var centeredFlags = builder.Append("Sub", [chosen, share]);
        return builder.Append("Concat", [scaled, centeredFlags], Attributes.None.With("axis", 1), outputName: Features);

        bool IsLog(MeasuredColumn column) => logarithms && column.IsLongTailed;
    }

    /// <summary>Long-tailed columns by their logarithm, the others as they are.</summary>
    private static Value AppendLogarithms(GraphBuilder builder, ImmutableArray<MeasuredColumn> numbers, Value filled)
    {
        if (!numbers.Any(column => column.IsLongTailed))
        {
            return filled;
        }

        var floor = Row(builder, "log-floor", numbers, column => column.IsLongTailed ? column.LogFloor : 1);
        var logs = builder.Append("Log", [builder.Append("Max", [filled, floor])]);
        var isLog = builder.Constant(Tensor.Vector<bool>([.. numbers.Select(column => column.IsLongTailed)]), "is-log");
        return builder.Append("Where", [isLog, logs, filled]);
    }

    private static double Inverse(double deviation) => deviation > 0 ? 1 / deviation : 0;

    private static LevelCodes AppendCodes(GraphBuilder builder, MeasuredColumn column, Value input)
    {
        int levels = column.Levels.Length;
        var places = Enumerable.Range(1, levels + 1).Select(place => (long)place).ToArray();
        var attributes = Attributes.None.With("values_int64s", places).With("default_int64", 0L);
        Value keyed;
        if (column.Use == ColumnUse.Coded)
        {
            var missing = builder.Append("IsNaN", [input]);
            keyed = builder.Append("Where", [missing, builder.Constant(Tensor.Scalar(MissingCode), "missing-code"), input]);
            attributes = attributes.With("keys_floats", column.Codes.Insert(0, MissingCode));
        }
        else
        {
            keyed = input;
            attributes = attributes.With("keys_strings", column.Levels.Insert(0, string.Empty));
        }

        var coded = builder.Append("LabelEncoder", [keyed], attributes, domain: "ai.onnx.ml");
        var flat = builder.Append(
            "Reshape", [coded, builder.Constant(Tensor.Vector(-1L), "flat")], outputName: CodesOf(column.Name));
        return new LevelCodes(flat, levels + 2, column.Name);
    }

    private static Value Row(GraphBuilder builder, string name, ImmutableArray<MeasuredColumn> columns, Func<MeasuredColumn, double> value) =>
        builder.Initializer($"preprocessing/{name}", Tensor.Vector<float>([.. columns.Select(column => (float)value(column))]));
}

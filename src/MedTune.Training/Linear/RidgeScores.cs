using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Out-of-fold answers of ridge regressions of one table at one penalty, for one labelling after another: what depends on the measurements alone is worked out once.</summary>
internal sealed class RidgeScores
{
    private readonly int _rows;
    private readonly Part[] _parts;

    private RidgeScores(int rows, Part[] parts) => (_rows, _parts) = (rows, parts);

    /// <summary>Prepares the folds; means and deviations are those of each fold's training rows.</summary>
    /// <param name="matrix">All rows, missing as NaN.</param>
    /// <param name="features">Values of a row.</param>
    /// <param name="folds">The folds; rows in none take no part.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    public static RidgeScores Of(ReadOnlyMemory<float> matrix, int features, FoldAssignment folds, TaskPool pool)
    {
        var parts = new Part[folds.Folds];
        pool.Run(folds.Folds, (parts, matrix, features, folds), static (state, fold) =>
            state.parts[fold] = Part.Of(state.matrix.Span, state.features, state.folds.TrainingRows(fold), state.folds.TestRows(fold)));
        return new RidgeScores(folds.FoldOfRow.Length, parts);
    }

    /// <summary>For each class (one for two) the margin of every row by a model that has not seen its fold; 0 for rows in no fold.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="penalty">As in <see cref="RidgePath"/>.</param>
    /// <param name="cancellation">Asked before each fold.</param>
    /// <returns>Null where a training part lacks a class.</returns>
    public double[][]? Margins(int[] classes, int count, double penalty, CancellationToken cancellation)
    {
        double[][] margins = [.. Enumerable.Range(0, count == 2 ? 1 : count).Select(_ => new double[_rows])];
        foreach (var part in _parts)
        {
            int[] own = Array.ConvertAll(part.Rows, row => classes[row]);
            if (own.Distinct().Count() < count)
            {
                return null;
            }

            var fit = RidgePath.Follow(part.Columns, own, count, [penalty], cancellation)[0];
            for (int i = 0; i < part.Test.Length; i++)
            {
                for (int margin = 0; margin < margins.Length; margin++)
                {
                    margins[margin][part.Test[i]] = fit.Intercepts[margin] + ColumnSums.Dot(part.Answers[i], fit.Weights[margin]);
                }
            }
        }

        return margins;
    }

    /// <summary>A fold in coordinates of its training samples, of which there are no more than samples.</summary>
    private sealed record Part(int[] Rows, int[] Test, double[][] Columns, double[][] Answers)
    {
        public static Part Of(ReadOnlySpan<float> matrix, int features, int[] rows, int[] test)
        {
            var scale = ValueScale.Of(matrix, features, rows);
            var measured = StandardizedColumns.Of(matrix, features, rows, scale);
            var raw = new double[test.Length][];
            for (int i = 0; i < test.Length; i++)
            {
                raw[i] = new double[features];
                for (int feature = 0; feature < features; feature++)
                {
                    double value = scale.Apply(matrix[(test[i] * features) + feature]);
                    double deviation = measured.Deviations[feature];
                    raw[i][feature] = deviation > 0 && !double.IsNaN(value) ? (value - measured.Means[feature]) / deviation : 0;
                }
            }

            if (features <= rows.Length)
            {
                return new Part(rows, test, measured.Columns, raw);
            }

            // As many directions as there are training samples hold all of them; what test samples have beside is seen by no weight.
            var (columns, directions) = RidgePath.Coordinates(measured.Columns);
            return new Part(rows, test, columns, Array.ConvertAll(raw, row => Array.ConvertAll(directions, direction => ColumnSums.Dot(direction, row))));
        }
    }
}

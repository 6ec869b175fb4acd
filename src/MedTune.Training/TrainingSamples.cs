using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The samples a head learns from: one tensor per graph input, all with one row per sample.</summary>
/// <param name="Count">Number of samples.</param>
/// <param name="Inputs">Float or Int64 tensors by input name, first axis the samples.</param>
/// <param name="Classes">Class index of each sample, from 0.</param>
public sealed record TrainingSamples(int Count, ImmutableSortedDictionary<string, Tensor> Inputs, ImmutableArray<int> Classes)
{
    /// <summary>Copies rows and their targets into the inputs of a plan with a loss; a plan with more rows repeats the last one.</summary>
    internal void CopyTo(ExecutionPlan plan, Precision precision, Loss loss, ReadOnlySpan<int> rows, int planRows)
    {
        CopyInputsTo(plan, precision, rows, planRows);
        if (loss.TargetType == ElementType.Int64)
        {
            Targets(plan.Input<long>(Loss.TargetName), rows, planRows);
        }
        else if (precision == Precision.Float)
        {
            Targets(plan.Input<float>(Loss.TargetName), rows, planRows);
        }
        else
        {
            Targets(plan.Input<double>(Loss.TargetName), rows, planRows);
        }
    }

    /// <summary>Copies rows into the inputs of a plan, in the given order; a plan with more rows repeats the last one.</summary>
    internal void CopyInputsTo(ExecutionPlan plan, Precision precision, ReadOnlySpan<int> rows, int planRows)
    {
        foreach (var (name, tensor) in Inputs)
        {
            int width = tensor.Length / Math.Max(1, Count);
            if (tensor is Tensor<long> whole)
            {
                Copy(whole.Values, plan.Input<long>(name), width, rows, planRows);
            }
            else if (precision == Precision.Float)
            {
                Copy(tensor.Values<float>(), plan.Input<float>(name), width, rows, planRows);
            }
            else
            {
                Widen(tensor.Values<float>(), plan.Input<double>(name), width, rows, planRows);
            }
        }
    }

    private void Targets<T>(Span<T> destination, ReadOnlySpan<int> rows, int planRows)
        where T : INumberBase<T>
    {
        for (int i = 0; i < planRows; i++)
        {
            destination[i] = T.CreateChecked(Classes[rows[Math.Min(i, rows.Length - 1)]]);
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<T> destination, int width, ReadOnlySpan<int> rows, int planRows)
    {
        for (int i = 0; i < planRows; i++)
        {
            source.Slice(rows[Math.Min(i, rows.Length - 1)] * width, width).CopyTo(destination[(i * width)..]);
        }
    }

    private static void Widen(ReadOnlySpan<float> source, Span<double> destination, int width, ReadOnlySpan<int> rows, int planRows)
    {
        for (int i = 0; i < planRows; i++)
        {
            var from = source.Slice(rows[Math.Min(i, rows.Length - 1)] * width, width);
            var to = destination.Slice(i * width, width);
            for (int j = 0; j < width; j++)
            {
                to[j] = from[j];
            }
        }
    }
}

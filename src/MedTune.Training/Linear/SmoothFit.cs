using System.Runtime.CompilerServices;
using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>A fitted linear model with smooth terms.</summary>
/// <param name="Terms">What it sees of a row.</param>
/// <param name="Intercept">Its answer where every term is 0.</param>
/// <param name="Weights">One per term.</param>
/// <param name="Penalty">The penalty that was chosen.</param>
/// <param name="HeldOut">For each training row the answer of a model that had not seen its group; of the final model where nothing could be held out.</param>
/// <param name="HeldOutLoss">The mean loss of those answers.</param>
internal sealed record SmoothFit(SmoothTerms Terms, double Intercept, double[] Weights, double Penalty, double[] HeldOut, double HeldOutLoss)
{
    /// <summary>The answers (margins, for a logistic model) for some rows of a matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Predict(ReadOnlySpan<float> matrix, int width, ReadOnlySpan<int> rows)
    {
        var answers = new double[rows.Length];
        var terms = new double[Terms.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            Terms.Fill(matrix.Slice(rows[i] * width, width), terms);
            double sum = Intercept;
            for (int t = 0; t < terms.Length; t++)
            {
                sum += Weights[t] * terms[t];
            }

            answers[i] = sum;
        }

        return answers;
    }

    /// <summary>Appends the answers to a graph: Float [N, 1].</summary>
    public Value Append(GraphBuilder builder, Value matrix) => Terms.AppendSum(builder, matrix, Weights, Intercept);
}

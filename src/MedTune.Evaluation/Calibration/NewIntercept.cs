using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>What predictions are worth after a new intercept, each patient judged by an intercept fitted without that patient.</summary>
internal static class NewIntercept
{
    /// <summary>The probabilities after the new intercept; null where there is none or a single patient carries it.</summary>
    /// <remarks>Leaving a patient out is one Newton step from the fit to all rows, where the score of the rest is minus that of the patient.</remarks>
    public static BinaryPredictions? LeaveOneOut(BinarySample rows)
    {
        if (rows.InterceptFit.Problem is not null)
        {
            return null;
        }
        double[] scores = new double[rows.UnitCount];
        double[] informations = new double[rows.UnitCount];
        double information = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            (double p, double complement) = LogisticPoint.Sides(rows.InterceptFit.Intercept + rows.Logits[i]);
            scores[rows.Units[i]] += rows.Targets[i] == 1 ? complement : -p;
            informations[rows.Units[i]] += p * complement;
            information += p * complement;
        }
        double[] probabilities = new double[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            double rest = information - informations[rows.Units[i]];
            if (!(rest > 0))
            {
                return null;
            }
            probabilities[i] = DoubleMath.Sigmoid(rows.Logits[i] + rows.InterceptFit.Intercept - (scores[rows.Units[i]] / rest));
        }
        return new BinaryPredictions(probabilities, rows.Targets, null, rows.Units);
    }
}

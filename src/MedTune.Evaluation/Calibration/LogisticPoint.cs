using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>The log-likelihood of logit P = a + b x at one (a, b), with x the centered and scaled log-odds, and its derivatives.</summary>
internal readonly record struct LogisticPoint(
    double A,
    double B,
    double Center,
    double Scale,
    double LogLikelihood,
    double ScoreA,
    double ScoreB,
    double InformationAA,
    double InformationAB,
    double InformationBB)
{
    public double Determinant => (InformationAA * InformationBB) - (InformationAB * InformationAB);

    /// <summary>One pass over the rows; the log-likelihood is left at 0 unless asked for, as its logarithm is half of the cost.</summary>
    public static LogisticPoint At(
        double a, double b, double center, double scale, ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, bool withLikelihood)
    {
        double likelihood = 0;
        double scoreA = 0;
        double scoreB = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0)
            {
                continue;
            }
            double x = (logits[i] - center) / scale;
            double eta = a + (b * x);
            (double p, double rest) = Sides(eta);
            double residual = targets[i] == 1 ? weight * rest : -weight * p;
            double information = weight * p * rest;
            scoreA += residual;
            scoreB += residual * x;
            aa += information;
            ab += information * x;
            bb += information * x * x;
            if (withLikelihood)
            {
                likelihood += weight * ((targets[i] * eta) - DoubleMath.Softplus(eta));
            }
        }
        return new LogisticPoint(a, b, center, scale, likelihood, scoreA, scoreB, aa, ab, bb);
    }

    /// <summary>The probability and its complement, both with all their digits.</summary>
    public static (double P, double Complement) Sides(double eta)
    {
        double e = DoubleMath.Exp(-Math.Abs(eta));
        double large = 1 / (1 + e);
        double small = e / (1 + e);
        return eta >= 0 ? (large, small) : (small, large);
    }

    public (double A, double B) NewtonStep() => (
        ((InformationBB * ScoreA) - (InformationAB * ScoreB)) / Determinant,
        ((InformationAA * ScoreB) - (InformationAB * ScoreA)) / Determinant);

    public LogisticPoint Move(
        double stepA, double stepB, ReadOnlySpan<double> logits, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights, bool withLikelihood) =>
        At(A + stepA, B + stepB, Center, Scale, logits, targets, weights, withLikelihood);
}

namespace MedTune.Evaluation;

/// <summary>How the standard error of a ranking figure is found.</summary>
public enum RankingResampling
{
    /// <summary>Half of the patients, drawn without replacement (Yadlowsky et al. 2025; grf).</summary>
    HalfSample,

    /// <summary>As many patients as there are, drawn with replacement.</summary>
    Bootstrap,
}

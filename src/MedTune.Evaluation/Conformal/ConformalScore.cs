namespace MedTune.Evaluation;

/// <summary>How strange a class is to a row, from its probabilities: what a conformal rule sets its threshold on. 0 is least strange, 1 most.</summary>
public enum ConformalScore
{
    /// <summary>
    /// 1 - the probability of the class: the smallest sets on average for their coverage (Sadinle, Lei and Wasserman, J Am Stat Assoc 2019;114:223-234).
    /// Where no class is probable enough, the set is empty.
    /// </summary>
    LeastAmbiguous,

    /// <summary>
    /// The probabilities of the classes from the most probable down to and with this one, summed: larger sets for harder rows (Romano, Sesia and Candes,
    /// NeurIPS 2020, without their random draw; equal probabilities in the order of the classes). Where the most probable class alone has more than the
    /// threshold, the set is empty; <see cref="ConformalOptions.NeverEmpty"/> changes that. The least probable class has the score 1 in every row, so where it is
    /// the true one in more than alpha of the rows, all sets hold all classes: with two classes prefer <see cref="LeastAmbiguous"/>.
    /// </summary>
    Adaptive,
}

using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>
/// Candidates of one kind of model, between whose settings inner validation chooses as if they were one candidate's. Each fits for itself, so that
/// what a search draws is a small fit of its own, and the final model needs one of them.
/// </summary>
internal sealed class CandidateFamily(ImmutableArray<Candidate> members) : Candidate
{
    public override string Name => members[0].Name;

    public override ImmutableArray<string> Settings => [.. members.SelectMany(member => member.Settings)];

    public override ImmutableArray<Candidate> Members => members;

    public override double Caution => members[0].Caution;

    public override double SettingCaution => members[0].SettingCaution;

    public override bool MayCalibrate => members[0].MayCalibrate;

    public override bool MayJoin => members[0].MayJoin;

    public override SettingValues Values(int setting)
    {
        var (member, own) = MemberOf(this, setting);
        return member.Values(own);
    }

    public override Candidate? Drawn(ulong seed, int draw) => members[0].Drawn(seed, draw);

    public override TabularHead Head(FeatureSpace space, ulong stream) => throw Refusal();

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation) => throw Refusal();

    /// <summary>Which member of a candidate fits a setting, and the setting's place there.</summary>
    public static (Candidate Member, int Setting) MemberOf(Candidate candidate, int setting)
    {
        foreach (var member in candidate.Members)
        {
            if (setting < member.Settings.Length)
            {
                return (member, setting);
            }

            setting -= member.Settings.Length;
        }

        throw new ArgumentOutOfRangeException(nameof(setting));
    }

    private static InvalidOperationException Refusal() => new("A family is fitted by its members.");
}

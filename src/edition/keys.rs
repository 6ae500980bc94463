//! The rows and columns of all editions as enums, and their keys in the data file.

/// A row or column enum: a fixed list of variants, each with its key in the data file.
pub trait Axis: Copy + Eq + 'static {
    /// All variants in the order of the form.
    const ALL: &'static [Self];

    /// The key in the data file; a dotted one reaches into sub-tables.
    fn key(self) -> &'static str;

    /// The place of this variant in [`ALL`](Self::ALL).
    fn index(self) -> usize;

    /// The variant with that key.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.key() == key)
    }
}

/// Declares an [`Axis`] enum from one list, so that order, keys and variants cannot disagree.
macro_rules! axis {
    ($(#[$meta:meta])* $name:ident {
        $($(#[doc = $doc:literal])* $(#[cfg($only:meta)])? $variant:ident = $key:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])* $(#[cfg($only)])? $variant,)* }

        impl Axis for $name {
            const ALL: &'static [Self] = &[$($(#[cfg($only)])? Self::$variant,)*];

            fn key(self) -> &'static str {
                match self { $($(#[cfg($only)])? Self::$variant => $key,)* }
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

axis! {
    /// The six sections of the report.
    Section {
        /// 总体情况.
        Overview = "overview",
        /// 主动公开政府信息情况.
        Disclosure = "disclosure",
        /// 收到和处理政府信息公开申请情况.
        Requests = "requests",
        /// 政府信息公开行政复议、行政诉讼情况.
        Challenges = "challenges",
        /// 存在的主要问题及改进情况.
        Problems = "problems",
        /// 其他需要报告的事项.
        Other = "other",
    }
}

axis! {
    /// A row of table 1.
    DisclosureRow {
        /// 规章.
        Regulations = "regulations",
        /// 行政规范性文件, in the form of 2019 规范性文件.
        NormativeDocuments = "normative_documents",
        /// 行政许可.
        Licences = "licences",
        /// 其他对外管理服务事项, in the form of 2019.
        OtherServices = "other_services",
        /// 行政处罚.
        Penalties = "penalties",
        /// 行政强制.
        CoerciveMeasures = "coercive_measures",
        /// 行政事业性收费.
        Fees = "fees",
        /// 政府集中采购, in the form of 2019.
        CentralProcurement = "central_procurement",
    }
}

axis! {
    /// A column of table 1. A row with a single column is written without its key.
    DisclosureColumn {
        /// 本年制发件数.
        Issued = "issued",
        /// 本年废止件数.
        Repealed = "repealed",
        /// 现行有效件数.
        InForce = "in_force",
        /// 本年处理决定数量.
        Decisions = "decisions",
        /// 本年收费金额, in ten-thousands of yuan.
        Amount = "amount",
        /// 本年新制作数量, in the form of 2019.
        Made = "made",
        /// 本年新公开数量, in the form of 2019.
        Disclosed = "disclosed",
        /// 对外公开总数量, in the form of 2019.
        DisclosedTotal = "disclosed_total",
        /// 上一年项目数量, in the form of 2019.
        ItemsLastYear = "items_last_year",
        /// 本年增/减 of the items, in the form of 2019; with its sign.
        Change = "change",
        /// 处理决定数量, in the form of 2019, where it is not the only figure of its row.
        DecisionsMade = "decisions_made",
        /// 采购项目数量, in the form of 2019.
        Purchases = "purchases",
        /// 采购总金额, in the form of 2019, which names no unit.
        PurchaseAmount = "purchase_amount",
    }
}

/// The kind of number in a column of table 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// A whole number, not below zero.
    Count,
    /// A whole number with its sign, `+12` or `-3`.
    Change,
    /// An amount of money, not below zero, with its decimals.
    Amount,
}

impl DisclosureColumn {
    /// The kind of number in it.
    pub fn kind(self) -> NumberKind {
        match self {
            Self::Issued
            | Self::Repealed
            | Self::InForce
            | Self::Decisions
            | Self::Made
            | Self::Disclosed
            | Self::DisclosedTotal
            | Self::ItemsLastYear
            | Self::DecisionsMade
            | Self::Purchases => NumberKind::Count,
            Self::Change => NumberKind::Change,
            Self::Amount | Self::PurchaseAmount => NumberKind::Amount,
        }
    }

    /// The unit that the form gives for it; none for counts, and for an amount whose unit it leaves open.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Amount => Some("万元"),
            Self::Issued
            | Self::Repealed
            | Self::InForce
            | Self::Decisions
            | Self::Made
            | Self::Disclosed
            | Self::DisclosedTotal
            | Self::ItemsLastYear
            | Self::Change
            | Self::DecisionsMade
            | Self::Purchases
            | Self::PurchaseAmount => None,
        }
    }

    /// True if it is the only column of every row that has it, so that the row is its cell.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Decisions | Self::Amount)
    }
}

axis! {
    /// A column of figures in table 2: six kinds of applicants and their total.
    RequestColumn {
        /// 自然人.
        NaturalPerson = "natural_person",
        /// 商业企业.
        Business = "business",
        /// 科研机构.
        Research = "research",
        /// 社会公益组织.
        PublicWelfare = "public_welfare",
        /// 法律服务机构.
        LegalService = "legal_service",
        /// 其他.
        Other = "other",
        /// 总计.
        Total = "total",
    }
}

impl RequestColumn {
    /// The six kinds of applicants, without the total.
    pub const APPLICANTS: &'static [Self] = <Self as Axis>::ALL.split_at(6).0;
}

axis! {
    /// A row of table 2.
    RequestRow {
        /// 一、本年新收政府信息公开申请数量.
        Received = "received",
        /// 二、上年结转政府信息公开申请数量.
        CarriedIn = "carried_in",
        /// （一）予以公开.
        Granted = "outcome.granted",
        /// （二）部分公开.
        PartlyGranted = "outcome.partly_granted",
        /// （三）1.属于国家秘密.
        StateSecret = "outcome.refused.state_secret",
        /// （三）2.其他法律行政法规禁止公开.
        ForbiddenByLaw = "outcome.refused.forbidden_by_law",
        /// （三）3.危及“三安全一稳定”.
        EndangersSecurityOrStability = "outcome.refused.endangers_security_or_stability",
        /// （三）4.保护第三方合法权益.
        ThirdPartyRights = "outcome.refused.third_party_rights",
        /// （三）5.属于三类内部事务信息.
        InternalAffairs = "outcome.refused.internal_affairs",
        /// （三）6.属于四类过程性信息.
        ProcessInformation = "outcome.refused.process_information",
        /// （三）7.属于行政执法案卷.
        EnforcementFile = "outcome.refused.enforcement_file",
        /// （三）8.属于行政查询事项.
        AdministrativeQuery = "outcome.refused.administrative_query",
        /// （四）1.本机关不掌握相关政府信息.
        NotHeld = "outcome.unavailable.not_held",
        /// （四）2.没有现成信息需要另行制作.
        NeedsCompiling = "outcome.unavailable.needs_compiling",
        /// （四）3.补正后申请内容仍不明确.
        StillUnclear = "outcome.unavailable.still_unclear",
        /// （五）1.信访举报投诉类申请.
        PetitionOrComplaint = "outcome.not_processed.petition_or_complaint",
        /// （五）2.重复申请.
        Repeated = "outcome.not_processed.repeated",
        /// （五）3.要求提供公开出版物.
        PublishedMaterial = "outcome.not_processed.published_material",
        /// （五）4.无正当理由大量反复申请.
        Excessive = "outcome.not_processed.excessive",
        /// （五）5.要求行政机关确认或重新出具已获取信息.
        Confirmation = "outcome.not_processed.confirmation",
        /// （五）6. of the rehearsal of the next form.
        #[cfg(test)]
        Rehearsed = "outcome.not_processed.rehearsed",
        /// （六）其他处理 of the form of 2019, which does not divide it.
        UndividedOther = "outcome.other",
        /// （六）1.申请人无正当理由逾期不补正.
        NotSupplemented = "outcome.other.not_supplemented",
        /// （六）2.申请人逾期未按收费通知要求缴纳费用.
        FeeUnpaid = "outcome.other.fee_unpaid",
        /// （六）3.其他.
        OtherOutcome = "outcome.other.other",
        /// （七）总计.
        OutcomeTotal = "outcome.total",
        /// 四、结转下年度继续办理.
        CarriedOut = "carried_out",
    }
}

axis! {
    /// A group of outcome rows in table 2.
    RequestGroup {
        /// （三）不予公开.
        Refused = "refused",
        /// （四）无法提供.
        Unavailable = "unavailable",
        /// （五）不予处理.
        NotProcessed = "not_processed",
        /// （六）其他处理.
        Other = "other",
    }
}

axis! {
    /// A kind of proceeding in table 3.
    Proceeding {
        /// 行政复议.
        Reconsideration = "reconsideration",
        /// 行政诉讼, 未经复议直接起诉.
        LitigationDirect = "litigation_direct",
        /// 行政诉讼, 复议后起诉.
        LitigationAfter = "litigation_after",
    }
}

axis! {
    /// A column of table 3, under each kind of proceeding.
    ChallengeColumn {
        /// 结果维持.
        Upheld = "upheld",
        /// 结果纠正.
        Corrected = "corrected",
        /// 其他结果.
        OtherResult = "other_result",
        /// 尚未审结.
        Pending = "pending",
        /// 总计, which includes 尚未审结.
        Total = "total",
    }
}

impl ChallengeColumn {
    /// The four results, without the total.
    pub const RESULTS: &'static [Self] = <Self as Axis>::ALL.split_at(4).0;
}
